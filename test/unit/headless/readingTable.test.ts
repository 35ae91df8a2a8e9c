import { expect, test } from 'vitest';
import { readingTable } from '../../../electron/headless/commands/readingTable.ts';
import { type Score, type ScoreRow, summarize } from '../../../electron/services/readingTest/summarize.ts';

function row(group: string, questions: number): ScoreRow {
  const score: Score = { questions, anls: questions === 0 ? 0 : 0.5, exact: 0, crops: 2, views: 3, seconds: 1.25, encodeSeconds: 1 };
  return { group, modes: { off: score, reference: score, auto: score } };
}

test('a group without questions has no figures that look like failures', () => {
  const lines = readingTable({ ...summarize([]), overall: row('all', 3), splitLines: row('split by an even cut', 0) });
  expect(lines.find((line) => line.startsWith('all'))).toMatch(/^all( +0\.500){3}( +0\.000){3}( +2\.0){3}( +1\.250){3} +3$/);
  expect(lines.find((line) => line.startsWith('split'))).toMatch(/^split by an even cut( +–){12} +0$/);
});
