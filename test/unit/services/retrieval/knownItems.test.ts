import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { SearchedDocument } from '../../../../electron/services/retrieval/chunkIndex.ts';
import { fakeEmbedder } from '../../../fakes/fakeEmbedder.ts';
import { createMeaningRig } from '../../../fakes/meaningRig.ts';
import { embedBySynonyms, embedUselessly, synonyms } from '../../../fakes/synonymEmbedder.ts';

/** The manuals of what this project depends on: hundreds of sections whose place is known. */
const root = join(import.meta.dirname, '..', '..', '..', '..');
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Readonly<Record<string, string>>
>;
const installed: readonly Manual[] = Object.keys({ ...dependencies, ...devDependencies }).flatMap((name) => {
  const path = join(root, 'node_modules', name, 'README.md');
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return text.length < 3_000 ? [] : [{ name, pages: pagesOf(text) }];
});

interface Manual {
  readonly name: string;
  readonly pages: readonly string[];
}

interface KnownItem {
  readonly manual: string;
  readonly page: number;
  readonly text: string;
}

function pagesOf(text: string): readonly string[] {
  const pages = [''];
  for (const block of text.split(/\n{2,}/u)) {
    const last = pages.at(-1) ?? '';
    if (last !== '' && last.length + block.length > 1_200) pages.push(block);
    else pages[pages.length - 1] = `${last}\n\n${block}`;
  }
  return pages;
}

/** From each page every other word of its first sentence of prose. */
const questionsOf = (manuals: readonly Manual[]): readonly KnownItem[] =>
  manuals.flatMap(({ name, pages }) =>
    pages.flatMap((page, place) => {
      const prose = page.replaceAll(/```[\s\S]*?(?:```|$)|\[!?[^\]]*\]\([^)]*\)|<[^>]*>|^[#|>].*$/gmu, ' ');
      const words = (/[A-Z][^.|`]{60,}?\./u.exec(prose)?.[0].match(/\p{L}{3,}/gu) ?? []).filter((_, word) => word % 2 === 0);
      return words.length < 5 ? [] : [{ manual: name, page: place + 1, text: words.slice(0, 6).join(' ') }];
    }),
  );

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const rig of open.splice(0)) await rig.close();
});

/** Recall@5 and nDCG@10 of pages, by words alone and as the product finds them. */
async function measure(embed: (text: string) => Float32Array, manuals: readonly Manual[], questions: readonly KnownItem[]) {
  const rig = createMeaningRig(fakeEmbedder(embed));
  open.push(rig);
  const documents = new Map(manuals.map(({ name, pages }) => [name, rig.add(name, pages)]));
  await rig.prepared();
  const sums = { words: { recall: 0, gain: 0 }, both: { recall: 0, gain: 0 } };
  const add = (sum: { recall: number; gain: number }, pages: readonly number[], wanted: number): void => {
    const place = [...new Set(pages)].slice(0, 10).indexOf(wanted);
    if (place >= 0 && place < 5) sum.recall += 1 / questions.length;
    if (place >= 0) sum.gain += 1 / Math.log2(place + 2) / questions.length;
  };
  for (const { manual, page, text } of questions) {
    const document: SearchedDocument = documents.get(manual) ?? { sha256: '', format: '', pages: [] };
    const found = await rig.retrieval.find([document], text, 80, new AbortController().signal);
    add(
      sums.words,
      rig.index.search([document], text, 80).map((chunk) => chunk.page),
      page,
    );
    add(
      sums.both,
      found.chunks.map((chunk) => chunk.page),
      page,
    );
  }
  return { ...sums, state: rig.indexer.state() };
}

test('with vectors that know words, known items are found as well as by words alone', async () => {
  expect(questionsOf(installed).length).toBeGreaterThanOrEqual(200);
  const { words, both, state } = await measure(embedBySynonyms, installed, questionsOf(installed));
  expect(words.recall).toBeGreaterThan(0.9);
  expect(state.ready).toBeGreaterThan(state.documents / 2);
  expect(both.recall).toBeGreaterThanOrEqual(words.recall);
  expect(both.gain).toBeGreaterThanOrEqual(words.gain);
});

test('vectors that say nothing take at most a hundredth of what words alone find', async () => {
  const { words, both, state } = await measure(embedUselessly, installed, questionsOf(installed));
  expect(state.distrusted).toBeGreaterThan(state.documents / 2);
  expect(both.recall).toBeGreaterThan(words.recall - 0.01);
  expect(both.gain).toBeGreaterThan(words.gain - 0.01);
});

test('questions in other words are found by meaning, and hardly by words', async () => {
  const numbers = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
  const places = ['harbour', 'meadow', 'market', 'station', 'tower', 'orchard', 'bridge', 'mill', 'quarry', 'chapel', 'forest', 'island'];
  const groups = synonyms.slice(0, 12);
  const said = groups.map(
    ([, word = ''], at) =>
      `The keeper of the ${places[at] ?? ''} wrote ${word} into volume ${numbers[at] ?? ''} before the evening bell rang there.`,
  );
  const asked = groups.map(([word = ''], at): KnownItem => ({ manual: 'diary', page: at + 1, text: `keeper wrote ${word}` }));
  const { words, both, state } = await measure(embedBySynonyms, [{ name: 'diary', pages: said }], asked);
  expect(state.ready).toBe(1);
  expect(words.gain).toBeLessThan(0.6);
  expect(both.gain).toBeGreaterThan(words.gain + 0.1);
  expect(both.recall).toBeGreaterThan(words.recall + 0.1);
});
