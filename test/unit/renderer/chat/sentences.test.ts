import { expect, it } from 'vitest';
import { createSentenceReader } from '../../../../renderer/features/chat/sentences.ts';

it('says each sentence once, when it is complete, without marks', () => {
  const read = createSentenceReader();
  expect(read('The **total', false)).toBe('');
  expect(read('The **total** is 5. And', false)).toBe('The total is 5.');
  expect(read('The **total** is 5. And [more](https://x.example)', false)).toBe('');
  expect(read('The **total** is 5. And [more](https://x.example)', true)).toBe('And more');
  expect(read('The **total** is 5. And [more](https://x.example)', true)).toBe('');
});
