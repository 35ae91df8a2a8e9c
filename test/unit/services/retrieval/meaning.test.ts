import { afterEach, expect, test } from 'vitest';
import { fuseRanks } from '../../../../electron/services/retrieval/fuseRanks.ts';
import { inBytes, likeness } from '../../../../electron/services/retrieval/vectorStore.ts';
import { fakeEmbedder } from '../../../fakes/fakeEmbedder.ts';
import { createMeaningRig } from '../../../fakes/meaningRig.ts';
import { embedBySynonyms, embedUselessly } from '../../../fakes/synonymEmbedder.ts';

/** Each a page with one chunk, found or missed by itself. */
const pages = [
  'The automobile must be inspected twice every year by a certified workshop near the owner.',
  'Purchase of seedlings happens in March, when the greenhouse opens its doors to members.',
  'The fee for late returns rises by two coins with each week that the library waits.',
  'A physician visits the village on Tuesdays and brings the vaccines along with the mail.',
  'Terminate the program with the red lever before the boiler reaches ninety degrees.',
  'Huge stones were moved over wooden rollers during the construction of the old harbour.',
  'Erase the blackboard with a wet cloth and leave the chalk in the tray beneath it.',
  'The dwelling beside the mill has belonged to the same family for three centuries.',
  'Rapid streams carry the gravel down until the valley widens into meadows of clover.',
  'Every fault of the printing press is written in the ledger that hangs beside the door.',
];
const open: { close(): Promise<void> }[] = [];
const rigFor = (embed: (text: string) => Float32Array) => {
  const rig = createMeaningRig(fakeEmbedder(embed));
  open.push(rig);
  return rig;
};
afterEach(async () => {
  for (const rig of open.splice(0)) await rig.close();
});

test('a question in other words is found by its meaning, where no word of it stands', async () => {
  const rig = rigFor(embedBySynonyms);
  const booklet = rig.add('booklet', pages);
  const question = 'doctor illness';
  expect(await rig.find([booklet], question)).toEqual({ by: 'words', pages: [] });
  await rig.prepared();
  const { by, pages: found } = await rig.find([booklet], question);
  expect(by).toBe('wordsAndMeaning');
  expect(found[0]).toBe('booklet 4');
});

test('words that are there still count: both together put first what both find', async () => {
  const rig = rigFor(embedBySynonyms);
  const booklet = rig.add('booklet', pages);
  await rig.prepared();
  expect((await rig.find([booklet], 'How often is the car inspected by a workshop?')).pages[0]).toBe('booklet 1');
  expect((await rig.find([booklet], 'ledger of the press')).pages[0]).toBe('booklet 10');
});

test('vectors that say nothing are found out by the document itself, and words alone are searched', async () => {
  const rig = rigFor(embedUselessly);
  const booklet = rig.add('booklet', pages);
  await rig.prepared();
  expect(rig.indexer.state()).toMatchObject({ documents: 1, ready: 0, distrusted: 1 });
  const verdict = rig.vectors.test(booklet, 'fake');
  expect(verdict?.byWords).toBe(1);
  expect(verdict?.byMeaning).toBeLessThan(0.6);
  expect(await rig.find([booklet], 'inspected workshop')).toMatchObject({ by: 'words', pages: ['booklet 1'] });
});

test('a document without vectors keeps its place beside one that has them', async () => {
  const rig = rigFor(embedBySynonyms);
  const booklet = rig.add('booklet', pages);
  await rig.prepared();
  const late = rig.add('late', ['The greenhouse of the workshop is inspected.', 'Nothing is said here.']);
  const { by, pages: found } = await rig.find([booklet, late], 'workshop inspected');
  expect(by).toBe('wordsAndMeaning');
  // Both hold both words; one of them in a shorter text.
  expect(found.slice(0, 2).toSorted()).toEqual(['booklet 1', 'late 1']);
});

test('of equal words, what has no meaning stands where words put it', () => {
  const ranked = (...keys: string[]) => keys.map((key) => ({ key, item: key }));
  const order = (words: string[], meaning: string[], meant: (item: string) => boolean) =>
    fuseRanks(ranked(...words), ranked(...meaning), meant).map(({ item }) => item);
  expect(order(['a', 'b', 'c'], [], () => false)).toEqual(['a', 'b', 'c']);
  expect(order(['a', 'b', 'c'], ['c', 'b', 'a'], () => true)).toEqual(['a', 'c', 'b']);
  expect(order(['x', 'b'], ['b', 'z'], (item) => item !== 'x')).toEqual(['x', 'b', 'z']);
  expect(order([], ['z', 'y'], () => true)).toEqual(['z', 'y']);
});

test('vectors go with the document, with another reading of it, and when another model takes their place', async () => {
  const rig = rigFor(embedBySynonyms);
  const booklet = rig.add('booklet', pages);
  const count = (): unknown => rig.database.prepare('SELECT COUNT(*) FROM chunk_vectors').pluck().get();
  await rig.prepared();
  expect(count()).toBe(10);
  rig.vectors.keepOnly('fake');
  expect(count()).toBe(10);
  rig.vectors.keepOnly('another');
  expect([count(), rig.vectors.test(booklet, 'fake')]).toEqual([0, null]);
  await rig.prepared();
  expect(count()).toBe(10);
  rig.readings.remove('booklet');
  expect([count(), rig.vectors.test(booklet, 'fake')]).toEqual([0, null]);
});

test('a vector in bytes points where it pointed', () => {
  const [one, other] = [embedUselessly('one'), embedUselessly('other')];
  expect(likeness(one, inBytes(one))).toBeGreaterThan(0.9999);
  const exact = one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
  expect(likeness(one, inBytes(other))).toBeCloseTo(exact, 2);
  expect(likeness(one, new Int8Array())).toBe(-1);
  expect(likeness(one, new Int8Array(one.length))).toBe(-1);
});

test('preparing waits while an answer is made, stops at once for one, and goes on where it was', async () => {
  let embedded = 0;
  let stopAt = 5;
  const base = fakeEmbedder(embedBySynonyms);
  const rig = createMeaningRig({
    ...base,
    embed: (texts, signal) => {
      embedded += texts.length;
      if (embedded >= stopAt) rig.indexer.makeWay();
      signal.throwIfAborted();
      return base.embed(texts, signal);
    },
  });
  open.push(rig);
  const booklet = rig.add('booklet', pages);
  rig.busy = true;
  rig.indexer.goOn();
  await new Promise((resolve) => setImmediate(resolve));
  expect(embedded).toBe(0);
  rig.busy = false;
  rig.indexer.goOn();
  await new Promise((resolve) => setImmediate(resolve));
  expect(rig.indexer.state()).toMatchObject({ ready: 0, working: null, problem: null });
  expect(rig.vectors.missing(booklet, 'fake')).toHaveLength(6);
  stopAt = Infinity;
  await rig.prepared();
  // Four were made before, four given up, and each sentence is asked once.
  expect(embedded).toBe(4 + 4 + 6 + 10);
  expect(rig.indexer.state()).toMatchObject({ ready: 1 });
});

test('what fails is told, and tried again the next time', async () => {
  let fails = true;
  const base = fakeEmbedder(embedBySynonyms);
  const rig = createMeaningRig({
    ...base,
    embed: (texts, signal) => (fails ? Promise.reject(new Error('no memory')) : base.embed(texts, signal)),
  });
  open.push(rig);
  rig.add('booklet', pages);
  await expect(rig.prepared()).rejects.toThrow('no memory');
  fails = false;
  rig.indexer.goOn();
  await expect.poll(() => rig.indexer.state()).toMatchObject({ ready: 1, problem: null, working: null });
});
