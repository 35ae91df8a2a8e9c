import { expect, test } from 'vitest';
import { isOnlyLink } from '../../../../renderer/features/composer/filesOf.ts';

test('a picture dragged from a page is a link when the browser gives its address alone, and a file when it gives the picture', () => {
  expect(isOnlyLink({ types: ['text/uri-list', 'text/html'] })).toBe(true);
  expect(isOnlyLink({ types: ['text/uri-list', 'text/html', 'Files'] })).toBe(false);
  expect(isOnlyLink({ types: ['text/plain'] })).toBe(false);
});
