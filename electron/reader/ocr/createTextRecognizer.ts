import path from 'node:path';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { countCharacters } from '../../shared/countCharacters.ts';
import { facetError } from '../../shared/errors.ts';
import { cleanText, countVisible } from '../documents/cleanText.ts';
import type { PageTable } from '../readerContract.ts';
import type { RgbPixels } from '../images/resampleBilinear.ts';
import { eraseRules } from './eraseRules.ts';
import { layoutRecognized } from './layoutRecognized.ts';
import type { OcrReply, OcrRequest, RecognizedWord } from './ocrMessages.ts';

/** Longer side of a picture for the recogniser in pixels: A4 at 300 dots per inch. Larger ones are scaled down. */
const mostSide = 3_508;
/** Pictures smaller than this are enlarged: the recogniser was taught on type of 20 pixels and more. */
const leastSide = 1_000;
/** Words found with less confidence than this are specks and textures. */
const leastConfidence = 45;

export interface RecognizedText {
  /** Empty when there is no text. */
  readonly text: string;
  readonly characters: number;
  /** In the order of the text, in pixels of the picture that was given. */
  readonly words: readonly RecognizedWord[];
  /** Tables in it, which stand in the text. */
  readonly tables: readonly PageTable[];
}

/** Optical character recognition, in a thread that starts with the first picture. */
export interface TextRecognizer {
  /** One picture at a time, in order. @throws FacetError cancelled; Error when the recogniser fails */
  recognize(image: RgbPixels, signal: AbortSignal): Promise<RecognizedText>;
  close(): void;
}

export function createTextRecognizer(): TextRecognizer {
  let worker: Worker | null = null;
  let line: Promise<unknown> = Promise.resolve();
  const end = (): void => {
    void worker?.terminate();
    worker = null;
  };
  const run = (request: OcrRequest, signal: AbortSignal): Promise<OcrReply> =>
    new Promise((resolve, reject) => {
      worker ??= new Worker(workerFile());
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
  return {
    recognize: (image, signal) => {
      const turn = line.then(async () => {
        if (signal.aborted) throw facetError('cancelled', {});
        const grey = await greyPixels(image);
        const { text, confidence, words } = await run(grey, signal);
        const clean = cleanText(text)
          .text.replace(/\n{3,}/g, '\n\n')
          .trim();
        if (confidence < leastConfidence || countVisible(clean) < 2) return { text: '', characters: 0, words: [], tables: [] };
        const placed = words.map((word) => scaled(word, image.width / grey.width));
        const page = layoutRecognized(placed) ?? { text: clean, words: placed, tables: [] };
        return { ...page, characters: countCharacters(page.text) };
      });
      line = turn.catch(() => undefined);
      return turn;
    },
    close: end,
  };
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
