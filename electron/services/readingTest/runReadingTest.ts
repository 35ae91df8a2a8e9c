import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EngineClient } from '../../engine/engineClient.ts';
import type { ReaderClient } from '../../reader/readerClient.ts';
import type { ImageView, TestPage, TestPageShape } from '../../reader/readerContract.ts';
import type { Rect } from '../../shared/attachments.ts';
import type { PromptProfile } from '../../shared/models.ts';
import { writePrompt } from '../context/writePrompt.ts';
import { planViews } from '../images/planViews.ts';
import { anls, isExact } from './anls.ts';

/** The modes that are compared; boxes of the user's have no test page. */
export const testedModes = ['off', 'reference', 'auto'] as const;
export type TestedMode = (typeof testedModes)[number];

/** An answer to a question is a handful of digits. */
const answerTokens = 24;

/** One question about one page in one mode. */
export interface ReadingResult {
  readonly page: number;
  readonly shape: TestPageShape;
  /** Size of the type in pixels of the view that shows the whole page. */
  readonly overviewEm: number;
  readonly mode: TestedMode;
  readonly split: boolean;
  readonly crops: number;
  readonly question: string;
  readonly expected: string;
  readonly answer: string;
  /** 0..1 */
  readonly anls: number;
  readonly exact: boolean;
  /**
   * Planning, views, encoder and answer together, in milliseconds. A page's first question pays for its views: for each what encoding it took, also when another
   * mode had it encoded before, so that the modes can be compared. Reading the encoder's weights does not count.
   */
  readonly ms: number;
  /** Of that, the encoder. */
  readonly encodeMs: number;
}

/** The parts of the chain from a page to a prompt; the product's own unless a test replaces them to see the result fall. */
export interface ReadingChain {
  readonly plan: typeof planViews;
  readonly views: (
    reader: ReaderClient,
    file: PageFile,
    rects: readonly (Rect | null)[],
    side: number,
    signal: AbortSignal,
  ) => Promise<readonly ImageView[]>;
  readonly write: typeof writePrompt;
}

export interface PageFile {
  readonly path: string;
  readonly name: string;
}

/** As Facet answers. */
export const productChain: ReadingChain = {
  plan: planViews,
  views: (reader, file, rects, side, signal) => reader.request('image.views', { ...file, rects, side }, signal),
  write: writePrompt,
};

export interface ReadingTest {
  readonly reader: ReaderClient;
  /** With the model loaded. */
  readonly engine: Pick<EngineClient, 'request'>;
  /** Of the loaded model's views, in pixels. */
  readonly side: number;
  readonly profile: PromptProfile;
  /** How a line's value is asked for. */
  readonly question: (key: string) => string;
  readonly pages: number;
  readonly seed: number;
  readonly modes?: readonly TestedMode[];
  readonly chain?: Partial<ReadingChain>;
  readonly signal: AbortSignal;
  readonly onPage?: (page: number, pages: number) => void;
}

/** Draws pages, asks for lines of each in every mode, and compares. @throws FacetError of the reader and the engine, cancelled */
export async function runReadingTest(test: ReadingTest): Promise<readonly ReadingResult[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'facet-reading-'));
  const results: ReadingResult[] = [];
  const viewMs = new Map<string, number>();
  try {
    for (let index = 0; index < test.pages; index += 1) {
      test.signal.throwIfAborted();
      test.onPage?.(index + 1, test.pages);
      const page = await test.reader.request('readingTest.page', { seed: test.seed, index, side: test.side }, test.signal);
      const file = { path: path.join(folder, `${index}.png`), name: `page ${index + 1}.png` };
      await writeFile(file.path, page.png);
      for (const mode of test.modes ?? testedModes) results.push(...(await readPage({ test, page, file, index, mode, viewMs })));
      await rm(file.path);
    }
    return results;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface PageReading {
  readonly test: ReadingTest;
  readonly page: TestPage;
  readonly file: PageFile;
  readonly index: number;
  readonly mode: TestedMode;
  /** What encoding each view took, by its key. */
  readonly viewMs: Map<string, number>;
}

async function readPage({ test, page, file, index, mode, viewMs }: PageReading): Promise<readonly ReadingResult[]> {
  const { reader, engine, side, signal } = test;
  const chain = { ...productChain, ...test.chain };
  const begun = performance.now();
  const ink = mode === 'auto' ? await reader.request('image.profile', file, signal) : null;
  const { width, height, shape, overviewEm } = page;
  const { crops } = chain.plan({ width, height, mode, regions: [], side, ink });
  const views = await chain.views(reader, file, [null, ...crops], side, signal);
  const preparedMs = performance.now() - begun;
  let encodingMs = 0;
  for (const { sha256, rgb } of views) {
    const { cached, encodeMs, setupMs } = await engine.request('image.encode', { key: sha256, side, rgb }, signal);
    if (!cached) viewMs.set(sha256, encodeMs - setupMs);
    encodingMs += viewMs.get(sha256) ?? 0;
  }
  const results: ReadingResult[] = [];
  for (const [number, { key, answer: expected, split }] of page.questions.entries()) {
    const asked = performance.now();
    const answer = await ask({ test, chain, question: test.question(key), views });
    const answerMs = performance.now() - asked;
    const encodeMs = number === 0 ? encodingMs : 0;
    const ms = answerMs + encodeMs + (number === 0 ? preparedMs : 0);
    const scores = { anls: anls(answer, expected), exact: isExact(answer, expected) };
    const asking = { page: index, shape, overviewEm, mode, split, crops: crops.length, question: key };
    results.push({ ...asking, expected, answer, ...scores, ms, encodeMs });
  }
  return results;
}

interface Asked {
  readonly test: ReadingTest;
  readonly chain: ReadingChain;
  readonly question: string;
  readonly views: readonly ImageView[];
}

async function ask({ test, chain, question, views }: Asked): Promise<string> {
  const images = [{ attachmentId: 'page', viewKeys: views.map(({ sha256 }) => sha256) }];
  const { pieces, stopTexts } = chain.write({ system: '', turns: [{ role: 'user', text: question, documents: [], images }] }, test.profile);
  const { text } = await test.engine.request(
    'generation.run',
    {
      runId: 'reading test',
      parts: pieces.map(({ part }) => part),
      sampling: { temperature: 0, topK: 64, topP: 0.95, minP: 0, seed: 0 },
      maxTokens: answerTokens,
      stopTexts,
    },
    test.signal,
  );
  return text.trim();
}
