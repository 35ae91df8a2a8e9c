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
  /** Planning, views, encoder and answer together, in milliseconds; views that the encoder has are not encoded again. */
  readonly ms: number;
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
  try {
    for (let index = 0; index < test.pages; index += 1) {
      test.signal.throwIfAborted();
      test.onPage?.(index + 1, test.pages);
      const page = await test.reader.request('readingTest.page', { seed: test.seed, index, side: test.side }, test.signal);
      const file = { path: path.join(folder, `${index}.png`), name: `page ${index + 1}.png` };
      await writeFile(file.path, page.png);
      for (const mode of test.modes ?? testedModes) results.push(...(await readPage({ test, page, file, index, mode })));
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
}

async function readPage({ test, page, file, index, mode }: PageReading): Promise<readonly ReadingResult[]> {
  const { reader, engine, side, signal } = test;
  const chain = { ...productChain, ...test.chain };
  const begun = performance.now();
  const ink = mode === 'auto' ? await reader.request('image.profile', file, signal) : null;
  const { width, height, shape, overviewEm } = page;
  const { crops } = chain.plan({ width, height, mode, regions: [], side, ink });
  const views = await chain.views(reader, file, [null, ...crops], side, signal);
  for (const { sha256, rgb } of views) await engine.request('image.encode', { key: sha256, side, rgb }, signal);
  const encodedMs = performance.now() - begun;
  const results: ReadingResult[] = [];
  for (const [number, { key, answer: expected, split }] of page.questions.entries()) {
    const asked = performance.now();
    const answer = await ask({ test, chain, question: test.question(key), views });
    // The first question of a page pays for its views.
    const ms = performance.now() - asked + (number === 0 ? encodedMs : 0);
    const scores = { anls: anls(answer, expected), exact: isExact(answer, expected) };
    results.push({ page: index, shape, overviewEm, mode, split, crops: crops.length, question: key, expected, answer, ...scores, ms });
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
