import path from 'node:path';
import { bytesInWords } from '../../shared/bytesInWords.ts';
import type { OcrLanguage } from '../../shared/ocr.ts';
import { ocrLanguageNames } from '../../shared/ocr.ts';
import type { AppClient } from '../appClient.ts';
import { parseArguments } from '../arguments/parseArguments.ts';
import { exitCodes } from '../exitCodes.ts';
import { type Command, commonOptions, type CommandContext } from './command.ts';
import { noOperands, oneOperand } from './operands.ts';

const listCommand: Command = {
  name: 'ocr list',
  operands: '',
  summary: 'List the languages that scans and pictures of text can be read in',
  options: commonOptions,
  async run(given, context) {
    const { options, operands } = parseArguments(commonOptions, given);
    noOperands(operands);
    const app = await context.openApp(options.data);
    print(app, await app.request('ocr.list', {}, context.signal), options.json, context);
    return exitCodes.ok;
  },
};

const getCommand: Command = {
  name: 'ocr get',
  operands: 'CODE',
  summary: 'Fetch a language for scans (through npm, checked to the byte)',
  options: commonOptions,
  async run(given, context) {
    const { options, operands } = parseArguments(commonOptions, given);
    const code = oneOperand(operands, 'CODE');
    const { output } = context;
    const app = await context.openApp(options.data);
    const stop = app.onEvent((event) => {
      if (event.name !== 'ocr.progressed') return;
      const { receivedBytes, totalBytes } = event.payload;
      if (options.json) output.json({ event: 'progress', code, received: receivedBytes, total: totalBytes });
      else output.progress(`Getting ${code}: ${bytesInWords(receivedBytes)} of ${bytesInWords(totalBytes)}`);
    });
    try {
      const languages = await app.request('ocr.get', { code }, context.signal);
      output.progress(null);
      if (options.json) output.json({ event: 'installed', ...report(app, languages) });
      else output.line(`Use it with --ocr-language ${code}, or choose it in Settings.`);
      return exitCodes.ok;
    } finally {
      stop();
      output.progress(null);
    }
  },
};

const addCommand: Command = {
  name: 'ocr add',
  operands: 'FILE',
  summary: 'Take a language data file of Tesseract 4 or newer, such as deu.traineddata',
  options: commonOptions,
  notes: ['For languages that cannot be fetched. The file is copied, and tried before it is taken.'],
  async run(given, context) {
    const { options, operands } = parseArguments(commonOptions, given);
    const file = path.resolve(context.workingFolder, oneOperand(operands, 'FILE'));
    const app = await context.openApp(options.data);
    print(app, await app.request('ocr.add', { path: file }, context.signal), options.json, context);
    return exitCodes.ok;
  },
};

const removeCommand: Command = {
  name: 'ocr remove',
  operands: 'CODE',
  summary: 'Delete the data of a language for scans',
  options: commonOptions,
  async run(given, context) {
    const { options, operands } = parseArguments(commonOptions, given);
    const code = oneOperand(operands, 'CODE');
    const app = await context.openApp(options.data);
    await app.request('ocr.remove', { code }, context.signal);
    if (options.json) context.output.json({ removed: code });
    else context.output.line(`Removed ${code}.`);
    return exitCodes.ok;
  },
};

/** `facet ocr …`. */
export const ocrCommands: readonly Command[] = [listCommand, getCommand, addCommand, removeCommand];

function report(app: AppClient, languages: readonly OcrLanguage[]): object {
  return {
    languages: languages.map(({ code, name, state, downloadBytes }) => ({ code, name, state, download: downloadBytes })),
    used: app.state().settings.ocrLanguages,
  };
}

function print(app: AppClient, languages: readonly OcrLanguage[], json: boolean, { output }: CommandContext): void {
  if (json) {
    output.json(report(app, languages));
    return;
  }
  for (const { code, name, state, downloadBytes } of languages) {
    const standing =
      state === 'available' ? `facet ocr get ${code} (${bytesInWords(downloadBytes)})` : state === 'builtIn' ? 'built in' : 'installed';
    output.line(`${code}  ${name}: ${standing}`);
  }
  output.line(`Used unless --ocr-language says otherwise: ${ocrLanguageNames(app.state().settings.ocrLanguages)}`);
}
