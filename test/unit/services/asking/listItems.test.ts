import { expect, test } from 'vitest';
import { itemKey, listItems } from '../../../../electron/services/asking/exhaustive/listItems.ts';

const pages = [
  { page: 4, text: 'Anna Berg, born 1970.\nJörg Klein' },
  { page: 5, text: '| 12 | Anna Berg |\n| 13 | Max Low |' },
];

test('lines with a mark are the items, whichever mark, and each has the page that says it', () => {
  const answer = 'Here they are:\n- Anna Berg\n* **Jörg Klein**\n3. Max Low\n';
  expect(listItems(answer, pages)).toEqual([
    { text: 'Anna Berg', page: 4 },
    { text: 'Jörg Klein', page: 4 },
    { text: 'Max Low', page: 5 },
  ]);
});

test('what is not in the part is known for it, also when it is a piece of a word', () => {
  expect(listItems('- Eva Braun\n- ax Low\n- Berg', pages).map(({ page }) => page)).toEqual([null, null, 4]);
});

test.each(['none', 'None.', '- none', 'No items found', 'Nothing', ''])('%j is no item', (answer) => {
  expect(listItems(answer, pages)).toEqual([]);
});

test('without any mark each line is an item', () => {
  expect(listItems('Anna Berg\nMax Low', pages)).toHaveLength(2);
});

test('case, marks and spacing make no difference between items', () => {
  expect(itemKey('“Anna  BERG”, ')).toBe(itemKey('anna berg'));
  expect(itemKey('1,250')).not.toBe(itemKey('1,251'));
});
