import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createCommandLine } from '../fakes/commandLine.ts';
import { scannedPdf } from '../fixtures/scannedPdf.ts';
import { tablePicture } from '../fixtures/tablePicture.ts';

// Recognition takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const { folder, facet, json, remove } = createCommandLine();
afterAll(remove);
const tiny = ['--model', 'tiny-reader'] as const;
const scan = join(folder, 'store.pdf');
const orders = join(folder, 'orders.txt');
const listing = ['ask', ...tiny, '--mode', 'exhaustive', '--doc', orders] as const;
const text = (file: string): string => readFileSync(join(folder, file), 'utf8');

beforeAll(async () => {
  const picture = join(folder, 'store.png');
  const rows = [
    ['Article', 'Room', 'Pieces'],
    ['Oak table', 'Hall', '12'],
    ['Green lamp', 'Kitchen', '7'],
    ['Bookshelf', 'Study', '3'],
  ];
  writeFileSync(picture, tablePicture(rows, { ruled: true, edges: [260, 480, 640], toTheRight: [2] }));
  writeFileSync(scan, await scannedPdf([picture]));
  writeFileSync(orders, Array.from({ length: 40 }, (_, index) => `Order ${1000 + (index % 30)} was shipped.`).join('\n'));
});

test('the list of every part is saved with its places, once, and told in the JSON', async () => {
  const question = 'How many orders are there? [[list Order \\d+]]';
  const report = await json('ask', ...tiny, '--mode', 'exhaustive', '--doc', orders, '--export', 'found.csv', question);
  expect(report).toMatchObject({
    exported: { file: join(folder, 'found.csv'), rows: 30 },
    list_complete: true,
    warnings: [],
  });
  expect((report['list'] as unknown[])[0]).toEqual({ item: 'Order 1000', places: [{ file: orders, pages: [1] }], mentions: 2 });
  const lines = text('found.csv').split('\r\n');
  expect([lines.length, ...lines.slice(0, 2)]).toEqual([32, '\ufeffItem,Document,Pages,Times found', 'Order 1000,orders.txt,1,2']);
  const again = await facet(['ask', ...tiny, '--mode', 'exhaustive', '--doc', orders, '--export', 'found.csv', question]);
  expect({ code: again.code, stdout: again.stdout, told: again.stderr }).toEqual({
    ...{ code: 6, stdout: '' },
    told: expect.stringContaining('such a file already') as string,
  });
  const { code, stderr } = await facet(['ask', ...tiny, '--mode', 'exhaustive', '--doc', orders, '--export', 'found.xlsx', question]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: `facet: 30 rows are in ${join(folder, 'found.xlsx')}\n` });
  expect((await facet(['read', join(folder, 'found.xlsx')])).stdout).toContain('| Order 1029 | orders.txt | 1 | 1 |');
});

test.each([
  ['whole documents', ['--doc', orders, '--export', 'a.csv', 'List all orders.'], /--mode exhaustive or --mode tables/],
  ['a summary', ['--doc', orders, '--mode', 'exhaustive', '--export', 'a.csv', 'Summarise this.'], /ask for one, such as "List all/],
  ['a plan', ['--doc', orders, '--mode', 'exhaustive', '--dry-run', '--export', 'a.csv', 'List all orders.'], /--dry-run/],
  ['another kind of file', ['--doc', orders, '--mode', 'exhaustive', '--export', 'a.pdf', 'List all orders.'], /\.csv or \.xlsx/],
])('%s cannot be saved: refused before any work', async (_what, given, told) => {
  const { code, stdout, stderr } = await facet(['ask', ...tiny, ...given]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(told);
});

test('a folder that is not there is told before any work', async () => {
  const { code, stderr } = await facet([...listing, '--export', 'no/a.csv', 'List all orders.']);
  expect(code).toBe(6);
  expect(stderr).toContain('no such folder');
});

test('where nothing was found the answer is given, and no file is written', async () => {
  const { code, stdout, stderr } = await facet([...listing, '--export', 'none.csv', 'List all animals. [[say none]]']);
  expect({ code, told: stderr }).toEqual({ code: 2, told: expect.stringContaining('wrote no file: nothing was found') as string });
  expect(stdout).toContain('Found nothing that was asked for');
  expect(existsSync(join(folder, 'none.csv'))).toBe(false);
});

test('what is computed or listed out of a scan says so in the answer and in the warnings, and is saved as it is', async () => {
  const sum = '[[say {"aggregate":"sum","aggregateColumn":"Pieces"}]]';
  const computed = await json('ask', ...tiny, '--mode', 'tables', '--doc', scan, '--export', 'sum.csv', `How many pieces in all? ${sum}`);
  const byOcr = 'The table was read by OCR, which may misread a figure or miss a row: check it against the page.';
  expect(computed['answer']).toContain(byOcr);
  expect(computed['warnings']).toContainEqual(expect.stringContaining(byOcr));
  expect(text('sum.csv')).toMatch(/^\ufeffsum of Pieces\r\n22\r\n$/);

  const listed = await json('ask', ...tiny, '--mode', 'exhaustive', '--doc', scan, 'List all articles. [[say - Oak table\n- Bookshelf]]');
  expect(listed['answer']).toContain('The page was read by OCR');
  expect(listed['warnings']).toContainEqual(expect.stringContaining('The page was read by OCR'));

  const table = await facet(['read', scan, '--export', 'store.csv']);
  expect({ code: table.code, told: table.stderr }).toEqual({ code: 0, told: expect.stringContaining(byOcr) as string });
  expect(text('store.csv')).toContain('Oak table,Hall,12\r\n');
});
