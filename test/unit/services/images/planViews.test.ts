import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InkProfile } from '../../../../electron/reader/readerContract.ts';
import { mostAutoCrops, planViews } from '../../../../electron/services/images/planViews.ts';
import { referenceCrops } from '../../../../electron/services/images/referenceCrops.ts';
import type { Rect } from '../../../../electron/shared/attachments.ts';

const cellSize = 16;

interface Page {
  readonly width: number;
  readonly height: number;
  readonly side: number;
  readonly ink: InkProfile;
}

/** A page of words: its ink profile is counted from their boxes, as the reader counts it from pixels. */
function pageOf(width: number, height: number, side: number, type: number, words: readonly Rect[]): Page {
  const rows = new Array<number>(height).fill(0);
  const columns = new Array<number>(width).fill(0);
  const cellColumns = Math.ceil(width / cellSize);
  const edges = new Array<number>(cellColumns * Math.ceil(height / cellSize)).fill(0);
  for (const word of words) {
    for (let y = word.y; y < word.y + word.height; y += 1) rows[y] = (rows[y] ?? 0) + 1;
    for (let x = word.x; x < word.x + word.width; x += 1) columns[x] = (columns[x] ?? 0) + 1;
    for (let y = word.y; y < word.y + word.height; y += 1) {
      for (let x = word.x; x < word.x + word.width; x += 1) {
        const cell = Math.floor(y / cellSize) * cellColumns + Math.floor(x / cellSize);
        edges[cell] = (edges[cell] ?? 0) + 1;
      }
    }
  }
  const textHeights = words.flatMap(() => [type, type]);
  const cells = { size: cellSize, columns: cellColumns, edges };
  return { width, height, side, ink: { scale: 1, rows, columns, cells, textHeights, textArea: around(words) } };
}

function around(words: readonly Rect[]): Rect | null {
  if (words.length === 0) return null;
  const x = Math.min(...words.map((word) => word.x));
  const y = Math.min(...words.map((word) => word.y));
  const right = Math.max(...words.map((word) => word.x + word.width));
  const bottom = Math.max(...words.map((word) => word.y + word.height));
  return { x, y, width: right - x, height: bottom - y };
}

const pages = fc
  .record({
    // Whole cells, so that a mirrored page has mirrored cells.
    columns: fc.integer({ min: 2, max: 60 }),
    rows: fc.integer({ min: 2, max: 60 }),
    side: fc.constantFrom(112, 224, 448),
    type: fc.integer({ min: 6, max: 40 }),
    seeds: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 3,
      maxLength: 60,
    }),
  })
  .map(({ columns, rows, side, type, seeds }) => {
    const width = columns * cellSize;
    const height = rows * cellSize;
    const words = seeds.map(([across, down]) => {
      const wordWidth = Math.min(width, 3 * type);
      const wordHeight = Math.min(height, type);
      return {
        x: Math.round(across * (width - wordWidth)),
        y: Math.round(down * (height - wordHeight)),
        width: wordWidth,
        height: wordHeight,
      };
    });
    return { words, page: pageOf(width, height, side, type, words), type };
  });

const auto = (page: Page, mostCrops = mostAutoCrops): readonly Rect[] => planViews({ ...page, mode: 'auto', regions: [], mostCrops }).crops;
const inside = ({ x, y, width, height }: Rect, page: Page): boolean =>
  x >= 0 && y >= 0 && width >= 1 && height >= 1 && x + width <= page.width && y + height <= page.height;
const byPlace = (a: Rect, b: Rect): number => a.y - b.y || a.x - b.x;

describe('planViews in mode auto', () => {
  it('stays inside the picture and inside the budget, row by row', () => {
    fc.assert(
      fc.property(pages, fc.integer({ min: 0, max: 12 }), ({ page }, budget) => {
        const crops = auto(page, budget);
        expect(crops.length).toBeLessThanOrEqual(budget);
        expect(crops.every((crop) => inside(crop, page))).toBe(true);
        expect(crops).toEqual(crops.toSorted(byPlace));
      }),
    );
  });

  it('shows every pixel of every word in some crop', () => {
    let cut = 0;
    fc.assert(
      fc.property(pages, ({ page, words }) => {
        const crops = auto(page);
        if (crops.length === 0) return;
        cut += 1;
        for (const word of words) {
          for (const [x, y] of [
            [word.x, word.y],
            [word.x + word.width - 1, word.y + word.height - 1],
            [word.x + Math.floor(word.width / 2), word.y + Math.floor(word.height / 2)],
          ] as const) {
            expect(crops.some((crop) => x >= crop.x && x < crop.x + crop.width && y >= crop.y && y < crop.y + crop.height)).toBe(true);
          }
        }
      }),
    );
    expect(cut).toBeGreaterThan(30);
  });

  it('covers a picture that is full of ink, without a hole', () => {
    fc.assert(
      fc.property(pages, ({ page, type }) => {
        const lines: Rect[] = [];
        for (let y = 0; y + type <= page.height; y += type) lines.push({ x: 0, y, width: page.width, height: type });
        const full = pageOf(page.width, page.height, page.side, type, lines);
        const crops = auto(full);
        if (crops.length === 0) return;
        const covered = new Uint8Array(full.width * full.height);
        for (const crop of crops) {
          for (let y = crop.y; y < crop.y + crop.height; y += 1)
            covered.fill(1, y * full.width + crop.x, y * full.width + crop.x + crop.width);
        }
        expect(covered.includes(0)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it('gives the same crops each time, and mirrored ones for the mirrored picture', () => {
    fc.assert(
      fc.property(pages, ({ page, words, type }) => {
        const crops = auto(page);
        expect(auto(page)).toEqual(crops);
        const across = words.map((word) => ({ ...word, x: page.width - word.x - word.width }));
        const mirrored = auto(pageOf(page.width, page.height, page.side, type, across));
        expect(mirrored).toEqual(crops.map((crop) => ({ ...crop, x: page.width - crop.x - crop.width })).sort(byPlace));
        const upsideDown = words.map((word) => ({ ...word, y: page.height - word.y - word.height }));
        const turned = auto(pageOf(page.width, page.height, page.side, type, upsideDown));
        expect(turned).toEqual(crops.map((crop) => ({ ...crop, y: page.height - crop.y - crop.height })).sort(byPlace));
      }),
    );
  });

  const lines = (width: number, height: number, type: number): Rect[] => {
    const words: Rect[] = [];
    for (let y = type; y + 2 * type < height; y += Math.round(1.5 * type))
      words.push({ x: type, y, width: width - 2 * type, height: type });
    return words;
  };
  const textPage = (width: number, height: number, type: number, side = 896): Page =>
    pageOf(width, height, side, type, lines(width, height, type));

  it('gives square pictures and A4 pages the crops that the reference denies them', () => {
    expect(referenceCrops(2000, 2000)).toEqual([]);
    expect(auto(textPage(2000, 2000, 20)).length).toBeGreaterThanOrEqual(4);
    // Two strips as wide as the page: the reference gains nothing along a line of text.
    expect(referenceCrops(1240, 1754).every(({ width }) => width === 1240)).toBe(true);
    expect(auto(textPage(1240, 1754, 12)).every(({ width }) => width < 700)).toBe(true);
  });

  it('gives no crops where the overview shows the text well, and none without text', () => {
    expect(auto(textPage(1240, 1754, 40))).toEqual([]);
    expect(auto(textPage(800, 600, 10))).toEqual([]);
    expect(auto(pageOf(4032, 3024, 896, 12, []))).toEqual([]);
  });

  it('takes no more crops than the text needs', () => {
    const counts = [10, 14, 18, 24, 30, 40].map((type) => auto(textPage(1700, 1700, type)).length);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts.at(-1)).toBe(0);
  });

  it('cuts between lines of text, not through them', () => {
    const page = textPage(1240, 1754, 12);
    const crops = auto(page);
    const seams = crops.filter(({ y }) => y > 0).map(({ y }) => y);
    expect(seams.length).toBeGreaterThan(0);
    for (const y of seams) expect(page.ink.rows[y]).toBe(0);
  });

  it('leaves out crops without ink', () => {
    const page = pageOf(1600, 1600, 896, 12, lines(1600, 700, 12));
    const crops = auto(page);
    expect(crops.length).toBeGreaterThan(0);
    expect(crops.every(({ y }) => y < 700)).toBe(true);
  });

  it('falls back to the strips of the reference when no grid of nearly square crops fits the budget', () => {
    const page = textPage(1280, 9000, 14);
    expect(auto(page, 4)).toEqual(referenceCrops(1280, 9000));
    expect(auto(page, 3)).toEqual([]);
    expect(auto(page, 9).length).toBeGreaterThan(4);
  });
});

describe('planViews in the other modes', () => {
  const plan = (mode: 'off' | 'reference' | 'region' | 'auto', regions: readonly Rect[] = []): readonly Rect[] =>
    planViews({ width: 1000, height: 500, mode, regions, side: 896, ink: null }).crops;

  it('off gives the overview alone', () => expect(plan('off')).toEqual([]));
  it("reference gives the reference processor's strips", () => expect(plan('reference')).toEqual(referenceCrops(1000, 500)));
  it('auto without an ink profile gives them too', () => expect(plan('auto')).toEqual(referenceCrops(1000, 500)));

  it("region keeps the user's order and cuts boxes off at the edges", () => {
    const boxes = [
      { x: 900.4, y: -20, width: 300, height: 50 },
      { x: 10, y: 10, width: 0.5, height: 0.5 },
    ];
    expect(plan('region', boxes)).toEqual([
      { x: 900, y: 0, width: 100, height: 30 },
      { x: 10, y: 10, width: 1, height: 1 },
    ]);
  });

  it.each([
    [{ x: 1000, y: 0, width: 5, height: 5 }],
    [{ x: 0, y: 0, width: 0, height: 5 }],
    [{ x: Number.NaN, y: 0, width: 5, height: 5 }],
    [{ x: 0, y: 0, width: -5, height: 5 }],
  ])('region refuses a box without a pixel of the picture: %o', (box) => {
    expect(() => plan('region', [box])).toThrow(/invalidRequest/);
  });
});
