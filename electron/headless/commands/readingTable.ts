import type { ReadingSummary, Score, ScoreRow } from '../../services/readingTest/summarize.ts';

/** The figures of a reading test for people, line by line. A group without questions has no figures. */
export function readingTable({ overall, shapes, textHeights, splitLines, legibleAtOnce }: ReadingSummary): readonly string[] {
  const modes = ['off', 'ref', 'auto'].map((mode) => mode.padStart(7)).join('');
  return [
    `${''.padEnd(24)}${'ANLS'.padStart(12)}${'exact'.padStart(25)}${'crops'.padStart(21)}${'seconds'.padStart(25)}`,
    `${''.padEnd(24)}${modes}${modes}${modes}${modes}  questions`,
    ...[overall, ...shapes, ...textHeights, splitLines, legibleAtOnce].map(rowOf),
  ];
}

function rowOf({ group, modes: { off, reference, auto } }: ScoreRow): string {
  const cells = (value: (score: Score) => number, digits: number): string =>
    [off, reference, auto].map((score) => (score.questions === 0 ? '–' : value(score).toFixed(digits)).padStart(7)).join('');
  const numbers = `${cells(({ anls }) => anls, 3)}${cells(({ exact }) => exact, 3)}${cells(({ crops }) => crops, 1)}`;
  return `${group.padEnd(24)}${numbers}${cells(({ seconds }) => seconds, 3)}  ${auto.questions}`;
}
