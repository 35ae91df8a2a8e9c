import { bytesInWords } from '../../shared/bytesInWords.ts';
import { facetError } from '../../shared/errors.ts';
import { speedInWords } from '../../shared/modelEstimate.ts';
import type { BenchProgress, BenchReport, ModelSpeed } from '../../shared/speed.ts';
import { parseArguments } from '../arguments/parseArguments.ts';
import { exitCodes } from '../exitCodes.ts';
import { chooseModel } from './chooseModel.ts';
import { type Command, commonOptions } from './command.ts';
import { upToOneOperand } from './operands.ts';

/** `facet models bench`: what this machine does with a model, in about a minute. */
export const benchCommand: Command = {
  name: 'models bench',
  operands: '[MODEL]',
  summary: 'Measure for about a minute how quickly models read, write and look at pictures on this machine',
  options: commonOptions,
  notes: [
    'Without MODEL the one in use is measured, then the other installed ones as far as there is time. What was not measured is predicted from bytes',
    'and multiplications, and marked so. What is found is remembered for the forecasts before a question.',
  ],
  async run(given, context) {
    const { options, operands } = parseArguments(commonOptions, given);
    const name = upToOneOperand(operands, 'MODEL');
    const app = await context.openApp(options.data);
    const model = await chooseModel(app, { model: name, projector: null }, context);
    const { output } = context;
    const stop = app.onEvent((event) => {
      if (event.name === 'bench.progressed') output.progress(progressInWords(event.payload));
    });
    try {
      // Without a name the settings' model is first; where none was chosen, the one that a question would take.
      const id = name === null && app.state().settings.modelId !== null ? null : model.id;
      const report = await app.request('model.bench', { id }, context.signal);
      output.progress(null);
      const [first] = report.speeds;
      if (first === undefined) throw facetError('internal', { message: 'the measurement gave nothing' });
      if (options.json) output.json(benchReport(first, report));
      else for (const line of benchLines(report)) output.line(line);
      return exitCodes.ok;
    } finally {
      stop();
      output.progress(null);
    }
  },
};

function progressInWords({ name, step, fraction }: BenchProgress): string {
  const what = { loading: 'loading', reading: 'reading', writing: 'writing', looking: 'looking at a picture' }[step];
  return `Measuring ${name}: ${what}, ${Math.round(fraction * 100)} %`;
}

/** The measured model stands at the top, and all of them in the list. */
function benchReport(first: ModelSpeed, { machine, speeds }: BenchReport): object {
  return { ...speedReport(first), machine, models: speeds.map(speedReport) };
}

function speedReport(speed: ModelSpeed): object {
  return {
    model: speed.modelId,
    size: speed.size,
    quant: speed.quantisation,
    backend: speed.backend,
    predicted: speed.predicted,
    prefill_tokens_per_second: rounded(speed.prefillTokensPerSecond),
    decode_tokens_per_second: rounded(speed.decodeTokensPerSecond),
    words_per_second: rounded(speed.wordsPerSecond),
    image_seconds: speed.imageSeconds === null ? null : rounded(speed.imageSeconds),
    minutes_per_100_pages: rounded(speed.minutesPer100Pages),
  };
}

function benchLines({ machine, speeds }: BenchReport): readonly string[] {
  const rows = speeds.map((speed) => [
    `${speed.name}, ${speed.quantisation}`,
    speedInWords(speed.wordsPerSecond),
    `reads ${Math.round(speed.prefillTokensPerSecond)} tokens/s`,
    speed.imageSeconds === null ? '' : `a picture's view in ${speed.imageSeconds.toFixed(1)} s`,
    `100 pages in ${speed.minutesPer100Pages.toFixed(1)} min`,
    speed.predicted ? 'predicted' : `measured on ${speed.backend}`,
  ]);
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return [
    `${machine.processor}, ${machine.threads} threads, ${bytesInWords(machine.memory)}`,
    ...rows.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
  ];
}

/** Three digits say enough. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
