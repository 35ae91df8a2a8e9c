import path from 'node:path';
import { bytesInWords } from '../../shared/bytesInWords.ts';
import { facetError, toErrorData } from '../../shared/errors.ts';
import { downloadBytes } from '../../shared/downloadBytes.ts';
import type { Model, ModelCheck } from '../../shared/models.ts';
import type { AppClient } from '../appClient.ts';
import { parseArguments } from '../arguments/parseArguments.ts';
import { refuse, single, text, wholeNumber } from '../arguments/options.ts';
import { exitCodes } from '../exitCodes.ts';
import { commandErrorText } from '../commandErrorText.ts';
import { type Command, commonOptions, type CommandContext } from './command.ts';
import { benchCommand } from './benchCommand.ts';
import { devicesCommand } from './gpuCommands.ts';
import { estimateCommand } from './estimateCommand.ts';
import { folderCommand } from './folderCommand.ts';
import { asModelProblem, findModel } from './chooseModel.ts';
import { getFromAddress, getModel } from './getModel.ts';
import { modelReport, stateInWords } from './modelReport.ts';
import { tokenCommand } from './tokenCommand.ts';
import { verifyCommand } from './verifyCommand.ts';
import { noOperands, oneOperand } from './operands.ts';

const listCommand: Command = {
  name: 'models list',
  operands: '',
  summary: 'List the models Facet knows and which are installed',
  options: commonOptions,
  async run(given, context) {
    const { options, operands } = parseArguments(commonOptions, given);
    noOperands(operands);
    const { models } = (await context.openApp(options.data)).state();
    if (options.json) context.output.json({ models: models.map(modelReport) });
    else for (const line of table(models)) context.output.line(line);
    return exitCodes.ok;
  },
};

const getOptions = {
  sha256: single('HASH', 'What a file from an address must be', parseHash),
  bytes: wholeNumber('N', 'How large a file from an address must be', 1, 2 ** 44),
  limit: single(
    'SPEED',
    'Take no more of the line than this a second, such as 5MB or 500kB (default: the setting; 0 for all of it)',
    parseSpeed,
  ),
  ...commonOptions,
} as const;

const getCommand: Command = {
  name: 'models get',
  operands: 'ID|SIZE[:QUANT]|starter|ADDRESS',
  summary: 'Download a model, or go on with a download',
  options: getOptions,
  whenCancelled: 'What was received is kept, and the same command goes on with it.',
  notes: [
    'With --json each step is a line: {"event":"progress",…} and at the end {"event":"installed",…}. Models behind a licence need an access token of',
    'the hub: in FACET_HUB_TOKEN, or kept by facet models token set or by Settings, Model. HTTPS_PROXY and NO_PROXY hold unless the settings name a proxy.',
  ],
  async run(given, context) {
    const { options, operands } = parseArguments(getOptions, given);
    const name = oneOperand(operands, 'MODEL');
    const { sha256, bytes, json, limit } = options;
    const app = await context.openApp(options.data);
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name)) await getFromAddress(app, { url: name, sha256, bytes, ...limited(limit) }, json, context);
    else {
      if (sha256 !== null || bytes !== null) refuse('--sha256 and --bytes', 'belong to an address');
      await getModel(app, name, limited(limit), json, context);
    }
    return exitCodes.ok;
  },
};

function limited(megabytes: number | null): { readonly megabytes?: number } {
  return megabytes === null ? {} : { megabytes };
}

function parseHash(value: string, name: string): string {
  return /^[0-9a-f]{64}$/i.test(value) ? value.toLowerCase() : refuse(name, 'must be the 64 digits of a sha256');
}

/** `5MB`, `0.5 MB/s`, `500kB`, or a bare number of megabytes, as megabytes. */
function parseSpeed(value: string, name: string): number {
  const [, number = '', unit = 'M'] = /^(\d+(?:\.\d+)?) ?(?:([kMG])B?)?(?:\/s)?$/i.exec(value) ?? [];
  const megabytes = number === '' ? Number.NaN : Number(number) * ({ k: 0.001, m: 1, g: 1_000 }[unit.toLowerCase()] ?? 1);
  return megabytes <= 10_000 ? megabytes : refuse(name, `must be a speed such as 5MB or 500kB, up to 10GB, not "${value}"`);
}

const importOptions = { projector: text('FILE', 'The vision part that belongs to it (GGUF)'), ...commonOptions } as const;

const importCommand: Command = {
  name: 'models import',
  operands: 'FILE',
  summary: 'Use a GGUF file that is on this machine, in place',
  options: importOptions,
  async run(given, context) {
    const { options, operands } = parseArguments(importOptions, given);
    const file = oneOperand(operands, 'FILE');
    const app = await context.openApp(options.data);
    const model = await findModel(app, { model: path.resolve(context.workingFolder, file), projector: options.projector }, context);
    if (options.json) context.output.json({ model: modelReport(model) });
    else
      context.output.line(
        `${model.id}: ${model.name}, ${model.quantisation}${model.search === true ? ', for searching documents by meaning' : ''}`,
      );
    return exitCodes.ok;
  },
};

const checkCommand: Command = {
  name: 'models check',
  operands: 'FILE',
  summary: 'Check a GGUF file without loading it',
  options: commonOptions,
  async run(given, context) {
    const { options, operands } = parseArguments(commonOptions, given);
    const file = oneOperand(operands, 'FILE');
    const app = await context.openApp(options.data);
    const check = await checkedFile(app, path.resolve(context.workingFolder, file), context);
    if (options.json) context.output.json(checkReport(check));
    else context.output.line(`${file}: ${check.ok ? 'good' : check.code}. ${check.message}`);
    if (check.ok && !options.json) for (const warning of check.warnings) context.output.note(`facet: note: ${warning}`);
    if (!check.ok && options.json) context.output.note(`facet: ${file}: ${check.message}`);
    return check.ok ? exitCodes.ok : exitCodes.model;
  },
};

/** A model that searches is a text model too; `purpose` tells what it is for. */
function checkReport({ kind, ...check }: ModelCheck): object {
  const search = kind === 'search';
  return { ...check, kind: search ? 'text' : kind, ...(search ? { purpose: 'search' } : {}) };
}

/** What is wrong with a file is what was asked for, also where it cannot be opened at all. @throws FacetError where Facet itself failed, or was stopped */
async function checkedFile(app: AppClient, file: string, { signal }: CommandContext): Promise<ModelCheck> {
  try {
    return await asModelProblem(app.request('model.check', { path: file }, signal));
  } catch (error) {
    const data = toErrorData(error);
    if (data.code !== 'modelMissing' && data.code !== 'modelInvalid') throw error;
    const code = data.code === 'modelMissing' ? 'missing' : 'unreadable';
    return { ok: false, kind: 'unknown', code, message: commandErrorText(data), warnings: [], facts: null };
  }
}

const removeCommand: Command = {
  name: 'models remove',
  operands: 'ID',
  summary: 'Forget a model, and delete its files if Facet downloaded them',
  options: commonOptions,
  async run(given, context) {
    const { options, operands } = parseArguments(commonOptions, given);
    const name = oneOperand(operands, 'MODEL');
    const app = await context.openApp(options.data);
    const model = await findModel(app, { model: name, projector: null }, context);
    if (model.state.kind === 'available') throw facetError('modelMissing', { model: model.id });
    await app.request('model.remove', { id: model.id }, context.signal);
    if (options.json) context.output.json({ removed: model.id });
    else context.output.line(`Removed ${model.id}.`);
    return exitCodes.ok;
  },
};

/** `facet models …`. */
export const modelsCommands: readonly Command[] = [
  listCommand,
  getCommand,
  importCommand,
  checkCommand,
  estimateCommand,
  benchCommand,
  verifyCommand,
  folderCommand,
  devicesCommand,
  tokenCommand,
  removeCommand,
];

/** What a download takes; `about` where the server has not been asked yet. */
function sizeInWords(model: Model): string {
  const { bytes, exact } = downloadBytes(model);
  return `${exact ? '' : 'about '}${bytesInWords(bytes)}`;
}

function table(models: readonly Model[]): readonly string[] {
  const rows = models.map((model) => [
    model.id,
    model.quantisation,
    sizeInWords(model),
    model.search === true ? 'search' : model.projector === null ? 'text' : 'text, pictures',
    stateInWords(model),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}
