import { testedModes, type ReadingResult, type TestedMode } from './runReadingTest.ts';

/** Means over some of the questions. */
export interface Score {
  readonly questions: number;
  /** 0..1 */
  readonly anls: number;
  /** Share of the answers that are right to the last digit, 0..1. */
  readonly exact: number;
  /** Crops besides the overview. */
  readonly crops: number;
  /** Views that the model reads: the overview and the crops. */
  readonly views: number;
  /** Seconds per question, as if no view had been encoded before; a page's views count for its first question. */
  readonly seconds: number;
  /** Of these, the encoder. */
  readonly encodeSeconds: number;
}

/** A group of questions in each mode. */
export interface ScoreRow {
  readonly group: string;
  readonly modes: Readonly<Record<TestedMode, Score>>;
}

export interface ReadingSummary {
  readonly overall: ScoreRow;
  readonly shapes: readonly ScoreRow[];
  readonly textHeights: readonly ScoreRow[];
  /** Lines that an even cut of the page would go through. */
  readonly splitLines: ScoreRow;
  /** Pages whose type is legible in the overview. */
  readonly legibleAtOnce: ScoreRow;
}

/** Type of this size in the overview needs no crops, in view pixels: the size of a patch of the encoder. */
const legibleEm = 14;
/** Upper ends of the groups by size of the type in the overview, in view pixels. */
const heightBounds = [6, 9, legibleEm, Infinity];

/** Means by mode: of all, by shape, by size of the type, and of the lines that a cut would split. */
export function summarize(results: readonly ReadingResult[]): ReadingSummary {
  const row = (group: string, belongs: (result: ReadingResult) => boolean): ScoreRow => scoreRow(group, results.filter(belongs));
  const shapes = [...new Set(results.map(({ shape }) => shape))];
  const textHeights = heightBounds.map((bound, index) => {
    const least = heightBounds[index - 1] ?? 0;
    const name = least === 0 ? `under ${bound} px` : bound === Infinity ? `${least} px and more` : `${least} to ${bound} px`;
    return row(name, ({ overviewEm }) => overviewEm >= least && overviewEm < bound);
  });
  return {
    overall: row('all', () => true),
    shapes: shapes.map((shape) => row(shape, (result) => result.shape === shape)),
    textHeights: textHeights.filter(({ modes }) => modes.auto.questions > 0),
    splitLines: row('split by an even cut', ({ split }) => split),
    legibleAtOnce: row('legible at once', ({ overviewEm }) => overviewEm >= legibleEm),
  };
}

function scoreRow(group: string, results: readonly ReadingResult[]): ScoreRow {
  const modes = Object.fromEntries(testedModes.map((mode) => [mode, scoreOf(results.filter((result) => result.mode === mode))]));
  return { group, modes: modes as ScoreRow['modes'] };
}

function scoreOf(results: readonly ReadingResult[]): Score {
  const mean = (value: (result: ReadingResult) => number): number =>
    results.length === 0 ? 0 : results.reduce((sum, result) => sum + value(result), 0) / results.length;
  return {
    questions: results.length,
    anls: mean((result) => result.anls),
    exact: mean(({ exact }) => (exact ? 1 : 0)),
    crops: mean(({ crops }) => crops),
    views: mean(({ crops }) => crops + 1),
    seconds: mean(({ ms }) => ms / 1000),
    encodeSeconds: mean(({ encodeMs }) => encodeMs / 1000),
  };
}
