import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawTestPage } from '../../../../electron/reader/readingTest/drawTestPage.ts';
import { layoutTestPage } from '../../../../electron/reader/readingTest/layoutTestPage.ts';

const layouts = Array.from({ length: 160 }, (_, index) =>
  layoutTestPage({ seed: 3, index, side: 112 }, (text, _font, em) => text.length * 0.6 * em),
);

describe('test pages', () => {
  it('are the same for the same request, and others for another seed', async () => {
    const hashOf = async (seed: number): Promise<string> =>
      createHash('sha256')
        .update((await drawTestPage({ seed, index: 5, side: 112 })).png)
        .digest('hex');
    expect(await hashOf(1)).toBe(await hashOf(1));
    expect(await hashOf(1)).not.toBe(await hashOf(2));
  });

  it('hold every line whole, each key once, none over another', () => {
    for (const { width, height, em, lines } of layouts) {
      expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
      for (const line of lines) {
        expect(line.x >= 0 && line.x + line.width <= width && line.y >= 0 && line.y + em <= height).toBe(true);
        const over = lines.filter((other) => other !== line && Math.abs(other.y - line.y) < 1.2 * em);
        expect(over.every((other) => other.x >= line.x + line.width || line.x >= other.x + other.width)).toBe(true);
      }
    }
  });

  it('reach from legible at once to far too small, in every shape, with lines that a cut would split', () => {
    for (const shape of ['wide', 'tall', 'square', 'a4'] as const) {
      const sizes = layouts.filter((page) => page.shape === shape).map(({ overviewEm }) => overviewEm);
      expect(Math.max(...sizes)).toBeGreaterThan(15);
      expect(Math.min(...sizes)).toBeLessThan(6.5);
    }
    const questions = layouts.flatMap((page) => page.questions);
    const split = questions.filter((question) => question.split).length / questions.length;
    expect(split).toBeGreaterThan(0.15);
    expect(split).toBeLessThan(0.6);
    expect(questions.every(({ answer }) => /^\d{3,6}$/.test(answer))).toBe(true);
  });
});
