/** A stretch of a prompt that was read: tokens from position `from` (what was there already) up to `to`. */
export interface Prefill {
  readonly from: number;
  readonly to: number;
  readonly ms: number;
}

/**
 * What reading costs, in milliseconds: one pass over the weights, each token, and each token once more for every token before it, since attention
 * looks back (the layers with a window do not grow, the global ones do).
 */
export interface PrefillCost {
  readonly pass: number;
  readonly token: number;
  readonly depth: number;
}

/** What writing one token costs in milliseconds: at the start of a context, and more for every token before it. */
export interface DecodeCost {
  readonly token: number;
  readonly depth: number;
}

/** What takes a while at any length, and more for every token, in milliseconds. */
export interface LinearCost {
  readonly start: number;
  readonly token: number;
}

/** Something that was done for so many tokens. */
export interface Timed {
  readonly tokens: number;
  readonly ms: number;
}

/** Below this many tokens nothing is known of how attention grows. */
const deepTokens = 2_048;
/** Stretches shorter than this say little about long ones, and count less. */
const fullWeightTokens = 256;
const leastWeight = 0.2;

/** Milliseconds for reading the tokens from `from` to `to`; 0 for none. */
export function prefillMs(cost: PrefillCost, from: number, to: number): number {
  return to <= from ? 0 : cost.pass + cost.token * (to - from) + cost.depth * sumOfDepths(from, to);
}

/**
 * The cost that comes nearest to what was measured, each measurement counted by its relative error. Never negative.
 * @param growth what attention adds per token of depth, as a share of a token's cost: used while nothing deep was measured
 * @returns null without measurements
 */
export function fitPrefill(measured: readonly Prefill[], growth: number): PrefillCost | null {
  const usable = measured.filter(({ from, to, ms }) => to > from && ms > 0);
  if (usable.length === 0) return null;
  const isDeep = usable.some(({ to }) => to >= deepTokens);
  const rows = usable.map(({ from, to, ms }) => {
    const weight = Math.max(leastWeight, Math.min(1, (to - from) / fullWeightTokens)) / ms;
    const own = [1, to - from, sumOfDepths(from, to)] as const;
    // Where no depth was measured its share goes with the tokens, so that it is not lost from a long document.
    const columns = isDeep ? own : ([own[0], own[1] + growth * own[2], 0] as const);
    return { columns: columns.map((value) => value * weight), target: ms * weight };
  });
  const [pass = 0, token = 0, depth = 0] = leastSquares(rows, isDeep ? [[1], [0, 1], [1, 2], [0, 1, 2]] : [[1], [0, 1]]);
  return { pass, token, depth: isDeep ? depth : growth * token };
}

export function linearMs({ start, token }: LinearCost, tokens: number): number {
  return start + token * tokens;
}

/** The line that comes nearest to what was measured, by relative error and never negative; through zero after one measurement. Null without any. */
export function fitLinear(measured: readonly Timed[]): LinearCost | null {
  const rows = measured
    .filter(({ tokens, ms }) => tokens > 0 && ms > 0)
    .map(({ tokens, ms }) => ({ columns: [1 / ms, tokens / ms, 0], target: 1 }));
  if (rows.length === 0) return null;
  const [start = 0, token = 0] = leastSquares(rows, [[1], [0], [0, 1]]);
  return { start, token };
}

interface Row {
  readonly columns: readonly number[];
  readonly target: number;
}

/** The non-negative solution with the least error that uses one of these sets of columns; fewer columns where more gain nothing. */
function leastSquares(rows: readonly Row[], sets: readonly (readonly number[])[]): readonly number[] {
  let best: { readonly solution: readonly number[]; readonly error: number } | null = null;
  for (const set of sets) {
    const found = rows.length < set.length ? null : solve(rows, set);
    if (found?.some((value) => !(value >= 0)) !== false) continue;
    const solution = [0, 1, 2].map((column) => (set.includes(column) ? (found[set.indexOf(column)] ?? 0) : 0));
    const error = rows.reduce((sum, { columns, target }) => sum + (dot(columns, solution) - target) ** 2, 0);
    if (best === null || error < best.error * (1 - 1e-6)) best = { solution, error };
  }
  return best?.solution ?? [];
}

/** Normal equations of these columns by elimination; null when they are not independent. */
function solve(rows: readonly Row[], set: readonly number[]): readonly number[] | null {
  const matrix = set.map((i) => [
    ...set.map((j) => rows.reduce((sum, { columns }) => sum + (columns[i] ?? 0) * (columns[j] ?? 0), 0)),
    rows.reduce((sum, { columns, target }) => sum + (columns[i] ?? 0) * target, 0),
  ]);
  const diagonal = matrix.map((row, index) => row[index] ?? 0);
  for (const [index, row] of matrix.entries()) {
    const pivot = row[index] ?? 0;
    if (!(pivot > (diagonal[index] ?? 0) * 1e-12)) return null;
    for (const [other, target] of matrix.entries()) {
      if (other === index) continue;
      const factor = (target[index] ?? 0) / pivot;
      for (const [column, value] of row.entries()) target[column] = (target[column] ?? 0) - factor * value;
    }
  }
  return matrix.map((row, index) => (row.at(-1) ?? 0) / (row[index] ?? 1));
}

/** The positions from `from` to `to` added up. */
function sumOfDepths(from: number, to: number): number {
  return (to * to - from * from) / 2;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}
