/** One byte a pixel. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

/** Darker pixels may be part of a rule. */
const dark = 200;
/** Rules are longer than this, in pixels and as a part of the longer side: longer than strokes of letters. */
const least = { pixels: 80, part: 0.04 };
/** And at most this thick, in pixels; the rest is a filled area. */
const thickest = 9;
/** Pixels beside a rule that its edge has greyed. */
const edge = 1;
/** A page with fewer rules than this each way has no table of them: underlines are left. */
const leastRules = 2;

/** A stretch of dark pixels: `at` is its row or column. */
interface Rule {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** The picture without the rules around the cells of its tables, between which the recogniser finds no words; the same one where there are none. */
export function eraseRules({ width, height, grey }: GreyPicture): Uint8Array {
  const rows: Direction = { lines: height, length: width, lineStep: width, step: 1 };
  const columns: Direction = { lines: width, length: height, lineStep: 1, step: width };
  const across = findRules(grey, rows);
  const down = findRules(grey, columns);
  if (lineCount(across) < leastRules || lineCount(down) < leastRules) return grey;
  const clean = Uint8Array.from(grey);
  const whiten = (rules: readonly Rule[], { lines, lineStep, step }: Direction): void => {
    for (const { at, from, to } of rules)
      for (let line = Math.max(0, at - edge); line <= Math.min(lines - 1, at + edge); line += 1)
        for (let along = from; along < to; along += 1) clean[line * lineStep + along * step] = 255;
  };
  whiten(across, rows);
  whiten(down, columns);
  return clean;
}

/** How to go over the picture: along `length` pixels of each of `lines`. */
interface Direction {
  readonly lines: number;
  readonly length: number;
  readonly lineStep: number;
  readonly step: number;
}

function findRules(grey: Uint8Array, direction: Direction): readonly Rule[] {
  const { lines, length, lineStep, step } = direction;
  const shortest = Math.max(least.pixels, Math.round(least.part * Math.max(lines, length)));
  const rules: Rule[] = [];
  for (let at = 0; at < lines; at += 1) {
    let from = 0;
    for (let along = 0; along <= length; along += 1) {
      if (along < length && (grey[at * lineStep + along * step] ?? 255) < dark) continue;
      const rule = { at, from, to: along };
      if (along - from >= shortest && isThin(grey, rule, direction)) rules.push(rule);
      from = along + 1;
    }
  }
  return rules;
}

/** Whether most of a stretch has light pixels close by on both sides; where it meets another rule it has not. */
function isThin(grey: Uint8Array, { at, from, to }: Rule, { lines, lineStep, step }: Direction): boolean {
  const samples = 16;
  let thin = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    const along = from + Math.floor(((to - from) * (sample + 0.5)) / samples);
    const isDark = (line: number): boolean => line >= 0 && line < lines && (grey[line * lineStep + along * step] ?? 255) < dark;
    let thickness = 1;
    for (let line = at - 1; thickness <= thickest && isDark(line); line -= 1) thickness += 1;
    for (let line = at + 1; thickness <= thickest && isDark(line); line += 1) thickness += 1;
    if (thickness <= thickest) thin += 1;
  }
  return thin * 4 >= samples * 3;
}

/** Rules on neighbouring lines are one. */
function lineCount(rules: readonly Rule[]): number {
  return rules.filter(({ at }, index) => at - (rules[index - 1]?.at ?? -thickest) > 2).length;
}
