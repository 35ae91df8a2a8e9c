import { expect, test } from 'vitest';
import { dataAddressesOf, isOnlyLink } from '../../../../renderer/features/composer/filesOf.ts';

test('a picture dragged from a page is a link when the browser gives its address alone, and a file when it gives the picture', () => {
  expect(isOnlyLink({ types: ['text/uri-list', 'text/html'] })).toBe(true);
  expect(isOnlyLink({ types: ['text/uri-list', 'text/html', 'Files'] })).toBe(false);
  expect(isOnlyLink({ types: ['text/plain'] })).toBe(false);
});

const carrying = (data: Readonly<Record<string, string>>): Pick<DataTransfer, 'getData'> => ({ getData: (type) => data[type] ?? '' });

test('a picture that stands in its own address is found in the list of addresses, and inside a link in the words of the page', () => {
  expect(dataAddressesOf(carrying({ 'text/uri-list': '# a comment\r\ndata:image/png;base64,AA==' }))).toEqual([
    'data:image/png;base64,AA==',
  ]);
  const html = '<a href="https://a.example"><img alt="src" src="data:image/gif;base64,AAAA"></a>';
  expect(dataAddressesOf(carrying({ 'text/uri-list': 'https://a.example', 'text/html': html }))).toEqual(['data:image/gif;base64,AAAA']);
  const remote = '<img src="https://a.example/a.png" data-src="data:image/gif;base64,AAAA">';
  expect(dataAddressesOf(carrying({ 'text/uri-list': 'https://a.example', 'text/html': remote }))).toEqual([]);
});
