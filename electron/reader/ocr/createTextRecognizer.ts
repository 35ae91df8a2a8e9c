import path from 'node:path';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { countCharacters } from '../../shared/countCharacters.ts';
import { facetError } from '../../shared/errors.ts';
import { cleanText, countVisible } from '../documents/cleanText.ts';
import { builtInOcrLanguage } from '../../shared/ocr.ts';
import type { OcrLanguageFile, PageTable } from '../readerContract.ts';
import type { RgbPixels } from '../images/resampleBilinear.ts';
import { eraseRules } from './eraseRules.ts';
import { layoutRecognized } from './layoutRecognized.ts';
import type { OcrReply, OcrRequest, OcrWorkerData, RecognizedWord } from './ocrMessages.ts';
import { turned, turnedBack } from './quarterTurns.ts';

/** Longer side of a picture for the recogniser in pixels: A4 at 300 dots per inch. Larger ones are scaled down. */
const mostSide = 3_508;
/** Pictures smaller than this are enlarged: the recogniser was taught on type of 20 pixels and more. */
const leastSide = 1_000;
/** Words found with less confidence than this are specks and textures. */
const leastConfidence = 45;
/** Pages that are upright are found with 80 and more, also poor ones; turned ones with 20 to 60. */
const sureOfDirection = 70;
/** Fewer letters do not tell how a picture is turned. */
const fewLetters = 20;

export interface RecognizedText {
  /** Empty when there is no text. */
  readonly text: string;
  readonly characters: number;
  /** In the order of the text, in pixels of the picture that was given. */
  readonly words: readonly RecognizedWord[];
  /** Tables in it, which stand in the text. */
  readonly tables: readonly PageTable[];
}

/** Optical character recognition, in a thread that starts with the first picture, and again when the languages change. */
export interface TextRecognizer {
  /** One picture at a time, in order; in English. @throws FacetError cancelled; Error when the recogniser fails */
  recognize(image: RgbPixels, signal: AbortSignal): Promise<RecognizedText>;
  /** The same recogniser in other languages. */
  in(languages: readonly OcrLanguageFile[] | undefined): Pick<TextRecognizer, 'recognize'>;
  /** Starts it on a blank picture. @throws FacetError cancelled; Error when the languages' data are no good */
  check(languages: readonly OcrLanguageFile[], signal: AbortSignal): Promise<void>;
  close(): void;
}

const english: readonly OcrLanguageFile[] = [{ code: builtInOcrLanguage, path: null }];

export function createTextRecognizer(): TextRecognizer {
  let worker: Worker | null = null;
  let workerLanguages = '';
  let line: Promise<unknown> = Promise.resolve();
  const end = (): void => {
    void worker?.terminate();
    worker = null;
  };
  const run = (request: OcrRequest, languages: readonly OcrLanguageFile[], signal: AbortSignal): Promise<OcrReply> =>
    new Promise((resolve, reject) => {
      const key = JSON.stringify(languages);
      if (key !== workerLanguages) end();
      workerLanguages = key;
      worker ??= new Worker(workerFile(), { workerData: { languages } satisfies OcrWorkerData });
      const current = worker;
      current.ref();
      const settle = (finish: () => void): void => {
        current.off('message', answered).off('error', fail).off('exit', exited);
        current.unref();
        signal.removeEventListener('abort', abort);
        finish();
      };
      const fail = (error: Error): void => {
        end();
        settle(() => reject(error));
      };
      const answered = (reply: OcrReply): void => settle(() => resolve(reply));
      const exited = (): void => fail(new Error('the text recogniser stopped'));
      const abort = (): void => fail(facetError('cancelled', {}));
      signal.addEventListener('abort', abort, { once: true });
      current.on('message', answered).on('error', fail).on('exit', exited);
      current.postMessage(request);
    });
  const inTurn = <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    const turn = line.then(() => {
      if (signal.aborted) throw facetError('cancelled', {});
      return work();
    });
    line = turn.catch(() => undefined);
    return turn;
  };
  const recognizeIn =
    (languages: readonly OcrLanguageFile[]): TextRecognizer['recognize'] =>
    (image, signal) =>
      inTurn(signal, async () => {
        const grey = await greyPixels(image);
        const { text, confidence, words, turns } = await readUpright(grey, (turned) => run(turned, languages, signal));
        const clean = cleanText(text)
          .text.replace(/\n{3,}/g, '\n\n')
          .trim();
        if (confidence < leastConfidence || countVisible(clean) < 2) return { text: '', characters: 0, words: [], tables: [] };
        const page = layoutRecognized(words) ?? { text: clean, words, tables: [] };
        const placed = page.words.map((word) => scaled(turnedBack(word, turns, grey), image.width / grey.width));
        return { text: page.text, tables: page.tables, words: placed, characters: countCharacters(page.text) };
      });
  return {
    recognize: recognizeIn(english),
    in: (languages = english) => ({ recognize: recognizeIn(languages) }),
    check: (languages, signal) =>
      inTurn(signal, async () => {
        const side = 64;
        await run({ width: side, height: side, grey: new Uint8Array(side * side).fill(255) }, languages, signal);
      }),
    close: end,
  };
}

/** A picture that was read, and by how many quarter turns it was turned for that. */
interface UprightReading extends OcrReply {
  readonly turns: number;
}

/** Reads a picture as it is, and where that gives doubtful words, turned: pages are often scanned sideways or upside down. */
async function readUpright(picture: OcrRequest, read: (picture: OcrRequest) => Promise<OcrReply>): Promise<UprightReading> {
  let best: UprightReading = { ...(await read(picture)), turns: 0 };
  if (best.confidence >= sureOfDirection || countVisible(best.text) < fewLetters) return best;
  for (const turns of [1, 3, 2]) {
    const reply = await read(turned(picture, turns));
    if (reply.confidence > best.confidence && countVisible(reply.text) >= fewLetters) best = { ...reply, turns };
    if (best.confidence >= sureOfDirection) break;
  }
  return best;
}

function scaled({ x, y, width, height, ...word }: RecognizedWord, factor: number): RecognizedWord {
  return { ...word, x: x * factor, y: y * factor, width: width * factor, height: height * factor };
}

/** The worker's entry: beside this file as a source, or its own bundle in dist/. */
function workerFile(): string {
  return import.meta.filename.endsWith('.ts')
    ? path.join(import.meta.dirname, 'ocrWorker.ts')
    : path.join(import.meta.dirname, 'ocrWorker.js');
}

async function greyPixels({ rgb, width, height }: RgbPixels): Promise<OcrRequest> {
  const longer = Math.max(width, height);
  const side = Math.min(mostSide, Math.max(longer, leastSide));
  const { data, info } = await sharp(rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false })
    .resize({ width: side, height: side, fit: 'inside' })
    .greyscale()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width: across, height: down } = info;
  return { width: across, height: down, grey: eraseRules({ width: across, height: down, grey: data }) };
}
