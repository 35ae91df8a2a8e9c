import path from 'node:path';
import { bytesInWords } from '../../shared/bytesInWords.ts';
import { facetError } from '../../shared/errors.ts';
import { releasedSizes } from '../../shared/gemmaSizes.ts';
import { type EstimateSubject, type ModelEstimate, verdictInWords } from '../../shared/modelEstimate.ts';
import type { ReleasedSize } from '../../shared/models.ts';
import { type Quantisation, quantisations } from '../../shared/weightBytes.ts';
import { choice, refuse, single, text, wholeNumber } from '../arguments/options.ts';
import { parseArguments } from '../arguments/parseArguments.ts';
import type { AppClient } from '../appClient.ts';
import { exitCodes } from '../exitCodes.ts';
import { asModelProblem } from './chooseModel.ts';
import { type Command, commonOptions, type CommandContext } from './command.ts';
import { looksLikeModelFile, matchModel, plainQuantisation } from './matchModel.ts';
import { oneOperand } from './operands.ts';

const options = {
  quant: single('NAME', `Variant of a released size: ${quantisations.join(', ')} (default: ${quantisations[0]})`, parseQuantisation),
  context: wholeNumber('N', 'Context in tokens (default: the one in the settings)', 512, 131_072),
  kv: choice(['f16', 'q8_0'], 'Precision of the KV cache (default: f16)'),
  projector: text('FILE', 'The vision part that belongs to a text model given as a file'),
  ...commonOptions,
} as const;

/** `facet models estimate`: what a model would take, before it is downloaded or loaded. */
export const estimateCommand: Command = {
  name: 'models estimate',
  operands: 'SIZE|ID|FILE',
  summary: 'Say what memory a model would take on this machine, and whether it fits',
  options,
  async run(given, context) {
    const { options: values, operands } = parseArguments(options, given);
    const name = oneOperand(operands, 'MODEL');
    const app = await context.openApp(values.data);
    const subject = subjectOf(name, values.quant, values.projector, app, context);
    const estimate = await asModelProblem(
      app.request(
        'model.estimate',
        { subject, contextTokens: values.context ?? app.state().settings.contextTokens, cacheType: values.kv ?? 'f16' },
        context.signal,
      ),
    );
    if (values.context !== null && values.context > estimate.contextTokens) {
      context.output.note(`facet: note: ${name} reads at most ${estimate.contextTokens} tokens at once, so that is what is judged.`);
    }
    if (values.json) context.output.json(estimateReport(estimate));
    else for (const line of estimateLines(estimate)) context.output.line(line);
    return exitCodes.ok;
  },
};

/** A size as people write it, with `:QUANT` or without; a file; or the id of a model that is here. */
function subjectOf(
  name: string,
  quant: Quantisation | null,
  projector: string | null,
  app: AppClient,
  context: CommandContext,
): EstimateSubject {
  const [word = '', variant] = name.split(':', 2);
  const size = (Object.keys(releasedSizes) as ReleasedSize[]).find((candidate) => candidate.toLowerCase() === word.toLowerCase());
  if (size !== undefined) {
    if (projector !== null) refuse('--projector', 'belongs to a file, not to a size');
    const quantisation = variant === undefined ? quant : parseQuantisation(variant, 'MODEL');
    if (quant !== null && quant !== quantisation) refuse('--quant', `is ${quant}, and MODEL says ${quantisation ?? ''}`);
    return { kind: 'released', size, quantisation: quantisation ?? quantisations[0] };
  }
  if (quant !== null) refuse('--quant', 'belongs to a size, not to a file');
  const absolute = (file: string): string => path.resolve(context.workingFolder, file);
  if (looksLikeModelFile(name)) {
    return { kind: 'file', path: absolute(name), projectorPath: projector === null ? null : absolute(projector) };
  }
  if (projector !== null) refuse('--projector', 'belongs to a file');
  const model = matchModel(app.state().models, name, [], null);
  if (model === null) throw facetError('modelMissing', { model: name });
  return { kind: 'model', id: model.id };
}

function parseQuantisation(value: string, name: string): Quantisation {
  const found = quantisations.find((candidate) => plainQuantisation(candidate) === plainQuantisation(value));
  return found ?? refuse(name, `must be one of ${quantisations.join(', ')}, not "${value}"`);
}

/** In the command line's JSON. */
function estimateReport(estimate: ModelEstimate): object {
  const { weights, kvGlobal, kvWindow, compute, vision, vocabulary, kept } = estimate.memory;
  return {
    size: estimate.size,
    quant: estimate.quantisation,
    context: estimate.contextTokens,
    kv: estimate.cacheType,
    memory: { weights, kv_global: kvGlobal, kv_window: kvWindow, compute, vision, vocabulary, kept_states: kept },
    total: estimate.total,
    free: estimate.free,
    gpu: estimate.gpu,
    verdict: verdictInWords(estimate.verdict),
    largest_context: estimate.largestContext,
  };
}

function estimateLines({
  size,
  quantisation,
  contextTokens,
  memory,
  total,
  free,
  gpu,
  verdict,
  largestContext,
  largestContextHalved,
}: ModelEstimate): readonly string[] {
  const parts = [
    ['model', memory.weights],
    ['conversation', memory.kvGlobal + memory.kvWindow],
    ['working space', memory.compute + memory.vocabulary],
    ['pictures', memory.vision],
    ['kept for going back', memory.kept],
  ] as const;
  return [
    `${size} ${quantisation} with a context of ${contextTokens} tokens: ${verdictInWords(verdict)}`,
    `  takes ${bytesInWords(total)} (${parts
      .filter(([, bytes]) => bytes > 0)
      .map(([name, bytes]) => `${name} ${bytesInWords(bytes)}`)
      .join(', ')}), ${bytesInWords(free)} free`,
    ...(gpu === null ? [] : [`  of that ${bytesInWords(gpu.bytes)} on ${gpu.name}, where ${bytesInWords(gpu.free)} are free`]),
    largestWords(largestContext, largestContextHalved),
  ];
}

function largestWords(largest: number, halved: number): string {
  if (largest === 0 && halved === 0) return '  no context fits: close other programs, or choose a smaller size or variant';
  const alternative = halved > largest ? ` (${halved} with --kv q8_0)` : '';
  return `  largest context that fits: ${largest} tokens${alternative}`;
}
