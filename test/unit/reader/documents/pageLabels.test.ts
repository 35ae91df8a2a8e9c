import { expect, it } from 'vitest';
import { textPdf } from '../../../fixtures/textPdf.ts';
import { readBytes } from './readFixture.ts';

const labelsOf = async (labels: string): Promise<readonly (string | undefined)[]> => {
  const lines = Array.from({ length: 4 }, (_, index) => [{ x: 50, y: 700, size: 12, text: `Words of page ${String(index + 1)}` }]);
  const { pages } = await readBytes('a.pdf', textPdf(lines, undefined, [], labels));
  return pages.map(({ label }) => label);
};

it.each([
  ['/PageLabels << /Nums [0 << /S /r >> 2 << /S /D >>] >>', ['i', 'ii', '1', '2']],
  ['/PageLabels << /Nums [0 << /S /D >> 3 << /S /D /P (A-) >>] >>', [undefined, undefined, undefined, 'A-1']],
  ['', [undefined, undefined, undefined, undefined]],
  // Nothing of a damaged tree, and nothing that could be no number.
  ['/PageLabels << /Nums [0 << /S /Nonsense >>] >>', [undefined, undefined, undefined, undefined]],
  [`/PageLabels << /Nums [0 << /P (${'x'.repeat(200)}) >>] >>`, [undefined, undefined, undefined, undefined]],
])('pages have the numbers printed on them where those differ: %s', async (catalog, labels) => {
  expect(await labelsOf(catalog)).toEqual(labels);
});
