import { afterAll, beforeAll, expect, test } from 'vitest';
import { pictureLabels } from '../../electron/services/context/pictureLabels.ts';
import type { ImageSegment, TurnSegment } from '../../electron/services/context/segments.ts';
import { writePrompt } from '../../electron/services/context/writePrompt.ts';
import type { AttachmentUse } from '../../electron/shared/conversations.ts';
import { type RunResult, imageTokenId } from '../../electron/engine/engineContract.ts';
import { labels, viewOf } from './labels.ts';
import { connectEngine, greedy, loadParams } from './nativeEngine.ts';

// Eight pictures over several questions, through the product's own prompt and the real addon.

const engine = connectEngine();
const pictures: { readonly id: string; readonly segment: ImageSegment }[] = [];

beforeAll(async () => {
  await engine.request('model.load', loadParams());
  for (let index = 0; index < 8; index += 1) {
    const label = labels[index % labels.length];
    if (label === undefined) throw new Error('no labels');
    const { rgb } = await viewOf(label.file, 112);
    // A shade more or less: another picture with the same words.
    const shifted = rgb.map((value) => Math.max(0, value - Math.floor(index / labels.length)));
    const key = `picture-${String(index)}`;
    await engine.request('image.encode', { key, side: 112, rgb: shifted });
    pictures.push({ id: `attachment-${String(index)}`, segment: { attachmentId: `attachment-${String(index)}`, viewKeys: [key] } });
  }
});
afterAll(() => engine.close());

interface Asked {
  readonly turns: readonly TurnSegment[];
  readonly parts: ReturnType<typeof partsOf>;
  readonly result: RunResult;
}

/** Asks with so many new pictures in each question, one question after the other. */
async function ask(counts: readonly number[]): Promise<readonly Asked[]> {
  const uses: AttachmentUse[][] = [];
  let from = 0;
  for (const count of counts) {
    uses.push(pictures.slice(from, from + count).map(({ id }) => ({ attachmentId: id, panScan: 'off', regions: [] })));
    from += count;
  }
  const asked: Asked[] = [];
  let turns: readonly TurnSegment[] = [];
  for (const [index, ofTurn] of uses.entries()) {
    const names = pictureLabels(uses.slice(0, index + 1));
    const images = ofTurn.map((use) => {
      const label = names.get(use);
      const segment = pictures.find(({ id }) => id === use.attachmentId)?.segment ?? { attachmentId: '', viewKeys: [] };
      return label === undefined ? segment : { ...segment, label };
    });
    turns = [...turns, { role: 'user', text: 'Total?', documents: [], images }];
    const parts = partsOf(turns);
    const result = await engine.request('generation.run', { runId: 'a', parts, sampling: greedy, maxTokens: 8, stopTexts: [] });
    asked.push({ turns, parts, result });
    turns = [...turns, { role: 'model', rawText: result.text, ids: result.ids }];
  }
  return asked;
}

const partsOf = (turns: readonly TurnSegment[]) => writePrompt({ system: '', turns }, 'turns').pieces.map(({ part }) => part);
const keysOf = (parts: Asked['parts']): readonly string[] => parts.flatMap((part) => (part.kind === 'image' ? [part.key] : []));

test.each([[[1, 1]], [[2, 1, 1]], [[1, 0, 2, 1]], [[1, 1, 1, 1, 1, 1, 1, 1]], [[8]]])(
  '%j pictures in one question after the other: in order, named once each, and nothing is read twice',
  async (counts) => {
    const asked = await ask(counts);
    let before = 0;
    for (const [index, { parts, result }] of asked.entries()) {
      const total = counts.slice(0, index + 1).reduce((sum, count) => sum + count, 0);
      expect(keysOf(parts)).toEqual(pictures.slice(0, total).map(({ segment }) => segment.viewKeys[0]));
      // All of the last prompt and its answer but the one token that was written and not read.
      expect(result.cachedTokens).toBeGreaterThanOrEqual(before);
      before = result.promptTokens + result.ids.length - 1;
    }
    const { parts = [] } = asked.at(-1) ?? {};
    const last = counts.reduce((sum, count) => sum + count, 0);
    const { ids } = await engine.request('prompt.tokenize', { parts });
    expect(ids.filter((id) => id === imageTokenId)).toHaveLength(16 * last);
    const written = parts.map((part) => ('text' in part ? part.text : '')).join('');
    for (let number = counts[0] === 1 ? 2 : 1; number <= last; number += 1) {
      expect(written.match(new RegExp(`picture ${String(number)}:`, 'gi'))).toHaveLength(1);
    }
  },
);

test('what was kept gives what a fresh reading gives', async () => {
  const { turns } = (await ask([1, 2, 1])).at(-1) ?? { turns: [] };
  const again = { runId: 'b', parts: partsOf(turns), sampling: greedy, maxTokens: 8, stopTexts: [] };
  const kept = await engine.request('generation.run', again);
  expect(kept.cachedTokens).toBe(kept.promptTokens);
  await engine.request('model.load', loadParams());
  for (const { segment } of pictures.slice(0, 4)) {
    const index = pictures.findIndex((picture) => picture.segment === segment);
    const { rgb } = await viewOf(labels[index % labels.length]?.file ?? '', 112);
    const shifted = rgb.map((value) => Math.max(0, value - Math.floor(index / labels.length)));
    await engine.request('image.encode', { key: segment.viewKeys[0] ?? '', side: 112, rgb: shifted });
  }
  const fresh = await engine.request('generation.run', again);
  expect(fresh.cachedTokens).toBe(0);
  expect(fresh.text).toBe(kept.text);
});
