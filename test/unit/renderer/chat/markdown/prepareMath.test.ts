import { expect, it } from 'vitest';
import { prepareMath } from '../../../../../renderer/features/chat/markdown/prepareMath.ts';

it.each([
  ['It costs $5 and $10.', 'It costs \\$5 and \\$10.'],
  ['From $5-$10', 'From \\$5-\\$10'],
  ['Only $5', 'Only \\$5'],
  ['The sum $x + y$ is', 'The sum $x + y$ is'],
  ['In \\(x^2\\) and', 'In $x^2$ and'],
  ['`$5` and `$x$`', '`$5` and `$x$`'],
  ['$$\nx\n$$', '$$\nx\n$$'],
  ['\\$5 is escaped', '\\$5 is escaped'],
  ['no sign', 'no sign'],
])('%s', (text, expected) => expect(prepareMath(text)).toBe(expected));

it('makes a display formula of brackets', () => {
  expect(prepareMath('\\[\nx = 1\n\\]')).toContain('$$\nx = 1\n$$');
});
