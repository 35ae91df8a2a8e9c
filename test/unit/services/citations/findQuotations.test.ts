import { expect, test } from 'vitest';
import { findQuotations } from '../../../../electron/services/citations/findQuotations.ts';

const quotes = (answer: string): readonly string[] => findQuotations(answer).map(({ quote }) => quote);

test.each([
  ['The lease says “the rent is 1,250 euros”.', ['the rent is 1,250 euros']],
  ['It says "the rent is due", and "no pets".', ['the rent is due', 'no pets']],
  ['Es heißt „die Miete beträgt 1.250 Euro“.', ['die Miete beträgt 1.250 Euro']],
  ['Il dit « le loyer est de 1 250 euros ».', ['le loyer est de 1 250 euros']],
  ['It says ‘the rent is due’.', ['the rent is due']],
  ['Don’t, the tenant’s and ‘rent’ are no quotations.', []],
  ['A 5" pipe and a 7" one; 6\' tall.', []],
  ['> The rent is 1,250 euros\n> per month.\n\nSo it is.', ['The rent is 1,250 euros\nper month.']],
  ['> “The rent is 1,250 euros.”', ['The rent is 1,250 euros.']],
  ['```\nlet a = "not a quotation";\n```\nBut "this is one".', ['this is one']],
  ['Set `name = "x y z"` and “go on”.', ['go on']],
  ['“An outer one with ‘an inner one here’ in it”', ['An outer one with ‘an inner one here’ in it']],
  ['“Cut off here\n\nanother paragraph”', []],
  ['**"Bold quotation here"** and ("in brackets")', ['Bold quotation here', 'in brackets']],
  ['“…” is none', []],
  ['', []],
])('%s', (answer, expected) => {
  expect(quotes(answer)).toEqual(expected);
});

test('offsets hold the marks', () => {
  const answer = 'See:\n\n- one “first quote” and\n  "second quote" here\n\n> third quote\n> goes on';
  const found = findQuotations(answer);
  expect(found.map(({ start, end }) => answer.slice(start, end))).toEqual(['“first quote”', '"second quote"', '> third quote\n> goes on']);
});
