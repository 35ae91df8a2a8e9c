import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import openTesseract from 'tesseract.js-core/tesseract-core-simd-lstm.js';
import { denyNetwork } from '../denyNetwork.ts';
import type { OcrReply, OcrRequest, OcrWorkerData, RecognizedWord } from './ocrMessages.ts';

/**
 * Recognises text on a thread of its own, because recognition holds its thread for seconds and can only be stopped by ending it. The neural recogniser
 * with whole-number weights: English comes with the package, other languages are files. A thread has its own copies of Node's modules, so the network is
 * denied here once more.
 */
denyNetwork();
/** The largest language data is under 60 MB. */
const mostDataBytes = 256 * 1024 * 1024;
const languageFolder = path.dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json'));
const quiet = (): void => undefined;
const core = await openTesseract({ print: quiet, printErr: quiet });
const builtIn = path.join(languageFolder, '4.0.0_best_int', 'eng.traineddata.gz');
const { languages } = workerData as OcrWorkerData;
for (const { code, path: file } of languages) core.FS.writeFile(`${code}.traineddata`, unpacked(readFileSync(file ?? builtIn)));
const api = new core.TessBaseAPI();
if (api.Init(null, languages.map(({ code }) => code).join('+'), 1) !== 0) throw new Error('the text recogniser could not be started');

parentPort?.on('message', (request: OcrRequest) => {
  parentPort?.postMessage(recognize(request));
});

/** Language data is kept as it came, most often compressed. */
function unpacked(data: Buffer): Uint8Array {
  return data[0] === 0x1f && data[1] === 0x8b ? gunzipSync(data, { maxOutputLength: mostDataBytes }) : data;
}

function recognize({ width, height, grey }: OcrRequest): OcrReply {
  // The simplest picture file that there is: a line of text, then the pixels.
  const header = new TextEncoder().encode(`P5 ${String(width)} ${String(height)} 255\n`);
  const file = new Uint8Array(header.length + grey.length);
  file.set(header);
  file.set(grey, header.length);
  core.FS.writeFile('/input', file);
  try {
    if (api.SetImageFile(1, 0) !== 0 || api.Recognize(null) !== 0) return { text: '', confidence: 0, words: [] };
    return { text: api.GetUTF8Text(), confidence: api.MeanTextConf(), words: parseWords(api.GetTSVText(0)) };
  } finally {
    api.Clear();
    core.FS.unlink('/input');
  }
}

function parseWords(table: string): readonly RecognizedWord[] {
  return table.split('\n').flatMap((line) => {
    const fields = line.split('\t');
    const [x = 0, y = 0, width = 0, height = 0] = fields.slice(6, 10).map(Number);
    const text = fields[11]?.trim() ?? '';
    return fields[0] === '5' && text !== '' ? [{ text, x, y, width, height, confidence: Number(fields[10]) }] : [];
  });
}
