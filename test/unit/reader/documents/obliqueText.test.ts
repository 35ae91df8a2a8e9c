import { expect, it } from 'vitest';
import { layoutPage } from '../../../../electron/reader/documents/pdf/layoutPage.ts';
import { placedWords } from '../../../../electron/reader/documents/pdf/pageWords.ts';
import { placedRuns } from '../../../../electron/reader/documents/pdf/placedRuns.ts';

/** What pdf.js gives for a text that stands at a point and runs at an angle, in degrees counter-clockwise. */
function item(str: string, x: number, y: number, degrees = 0, size = 12): object {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [size * Math.cos(angle), size * Math.sin(angle)];
  return { str, dir: 'ltr', width: 0.5 * size * str.length, height: size, transform: [cos, sin, -sin, cos, x, y], hasEOL: false };
}

/** A page of 600 points each way, whose y grows upwards in the file and downwards on the screen. */
function runsOf(items: readonly object[]): ReturnType<typeof placedRuns> {
  const multiply = (m: readonly number[], n: readonly number[]): number[] => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = m;
    const [g = 0, h = 0, i = 0, j = 0, k = 0, l = 0] = n;
    return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
  };
  const pdfjs = { Util: { transform: multiply } };
  const page = { getViewport: () => ({ transform: [1, 0, 0, -1, 0, 600] }) };
  return placedRuns(pdfjs as never, page as never, { items, styles: {}, lang: null } as never);
}

const prose = Array.from({ length: 8 }, (_, index) => item(`Line ${String(index)} of a text that says something`, 50, 500 - 14 * index));

it('a watermark across the page comes after its text, and is no heading', () => {
  const { content } = layoutPage({
    runs: runsOf([...prose.slice(0, 4), item('DRAFT COPY', 120, 400, 45, 60), ...prose.slice(4)]),
    notes: [],
  });
  const oblique = content.text.indexOf('DRAFT COPY');
  expect(oblique).toBeGreaterThan(content.text.indexOf('Line 7'));
  expect(content.text.slice(0, oblique)).toMatch(/^Line 0 [^#]*Line 7 of a text that says something\s+$/);
  expect(content.headings).toEqual([]);
});

it('lines of an oblique text stay together, and their words stand where they are drawn', () => {
  // Two lines at 30 degrees, the second one 14 points below.
  const angle = Math.PI / 6;
  const second = item('second line', 100 + 14 * Math.sin(angle), 200 - 14 * Math.cos(angle), 30);
  const { content, parts } = layoutPage({ runs: runsOf([...prose, item('The first and', 100, 200, 30), second]), notes: [] });
  expect(content.text).toMatch(/The first and\s+second line$/);
  const word = placedWords(parts).find(({ text }) => text === 'The');
  // On the screen it begins at (100, 400) and rises to the right.
  expect(word?.x).toBeGreaterThan(90);
  expect(word?.x).toBeLessThan(101);
  expect((word?.y ?? 0) + (word?.height ?? 0)).toBeGreaterThan(399);
  expect((word?.y ?? 0) + (word?.height ?? 0)).toBeLessThan(404);
  expect(word?.y).toBeLessThan(392);
});

it('a scan that lies askew is upright', () => {
  expect(runsOf([item('askew', 100, 200, 3), item('turned', 100, 200, 92)]).map(({ turn }) => turn)).toEqual([0, 3]);
});
