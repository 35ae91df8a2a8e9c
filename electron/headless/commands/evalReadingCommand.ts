import { facetError } from '../../shared/errors.ts';
import type { Model } from '../../shared/models.ts';
import { timeLeftInWords } from '../../shared/durationInWords.ts';
import { runReadingTest } from '../../services/readingTest/runReadingTest.ts';
import { type ReadingSummary, type Score, type ScoreRow, summarize } from '../../services/readingTest/summarize.ts';
import { text, wholeNumber } from '../arguments/options.ts';
import { parseArguments } from '../arguments/parseArguments.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Output } from '../output.ts';
import { modelOptions } from './askOptions.ts';
import { chooseModel } from './chooseModel.ts';
import { type Command, commonOptions } from './command.ts';
import { noOperands } from './operands.ts';
import { readingTable } from './readingTable.ts';

const options = {
  ...modelOptions,
  pages: wholeNumber('N', 'Pages to read (default: 200)', 1, 10_000),
  seed: wholeNumber('N', 'Other pages for another seed (default: 1)', 0, 2 ** 31 - 1),
  gpu: text('auto|off|NAME', 'Device that computes'),
  threads: wholeNumber('N', 'Threads; 0 lets Facet choose', 0, 256),
  ...commonOptions,
} as const;

const defaultPages = 200;
const defaultSeed = 1;
/** Room for the most views and a question; more would only cost memory. */
const contextTokens = 8_192;

/** `facet eval reading`: how much of the fine print a model reads, with each way of cutting pictures. Nothing is kept. */
export const evalReadingCommand: Command = {
  name: 'eval reading',
  operands: '',
  summary: 'Measure what cutting pictures gains: reads generated pages in each mode and scores the answers as DocVQA does (ANLS)',
  options,
  notes: [
    'Each mode reads the same pages and is asked the same questions. An answer is scored as it stands: 1 less the share of its letters that have to be',
    'changed, and nothing from a half on; a sentence around the number scores as a wrong answer does, so the question asks for the number only.',
    'The time that the picture planner would allow a slow machine is not applied: every picture gets the crops it needs.',
    'JSON: {model, side, pages, seed, questions, overall, shapes [], text_heights [], split_lines, legible_at_once}. Each group is',
    '{group, off, reference, auto}, and each of the three {questions, anls, exact, crops, views, seconds, encode_seconds}: mean ANLS 0..1, share of',
    'answers that are right to the last digit, mean number of crops and of views (crops and the whole page), and mean seconds per question: planning,',
    'views, encoder and answer, where the first question about a page pays for its views, as if no mode before had encoded any. encode_seconds is the',
    'encoder alone. Text heights are the size of the type in pixels of the view that shows the whole page.',
  ],
  async run(given, context) {
    const { options: values, operands } = parseArguments(options, given);
    noOperands(operands);
    const { output, signal } = context;
    const app = await context.openApp(values.data);
    const model = await chooseModel(app, values, context);
    const { text: textFile } = model;
    const projectorPath = model.projector?.path ?? null;
    if (textFile.path === null) throw facetError('modelMissing', { model: model.name });
    if (projectorPath === null) throw facetError('modelCannotSee', { model: model.name });
    const engine = context.openEngine();
    const settings = app.state().settings;
    const loaded = await engine.request(
      'model.load',
      {
        textPath: textFile.path,
        projectorPath,
        contextTokens: Math.min(contextTokens, model.contextLimit),
        gpu: values.gpu ?? settings.gpu,
        threads: values.threads ?? settings.threads,
        vocabularyOnly: false,
      },
      signal,
    );
    if (loaded.vision === null) throw facetError('modelCannotSee', { model: model.name });
    const run = { pages: values.pages ?? defaultPages, seed: values.seed ?? defaultSeed, side: loaded.vision.side };
    const begun = performance.now();
    const results = await runReadingTest({
      reader: context.openReader(),
      engine,
      profile: model.profile,
      question: (key) => questionFor(model, key),
      ...run,
      signal,
      onPage: (page, pages) => output.progress(`Reading page ${page} of ${pages}${timeLeft(begun, page - 1, pages)}`),
    });
    output.progress(null);
    const summary = summarize(results);
    if (values.json) output.json(jsonReport(model, run, summary));
    else printReport(output, model, run, summary);
    return exitCodes.ok;
  },
};

/** The tiny reader knows one way to be asked; the released models answer in a sentence unless told not to. */
function questionFor(model: Model, key: string): string {
  return model.size === 'custom' ? `${key}?` : `What is the value of "${key}"? Answer with the number only.`;
}

/** Pages come in rounds of sixteen, all shapes and sizes; before the first is done a guess would be far off. */
const roundOfPages = 16;

function timeLeft(begun: number, done: number, pages: number): string {
  if (done < roundOfPages) return '';
  return `, ${timeLeftInWords(((performance.now() - begun) / done) * (pages - done))} left`;
}

interface Run {
  readonly pages: number;
  readonly seed: number;
  readonly side: number;
}

function jsonReport(model: Model, run: Run, summary: ReadingSummary): object {
  return {
    model: { id: model.id, path: model.text.path, sha256: model.text.sha256, projector: model.projector?.path ?? null },
    ...run,
    questions: summary.overall.modes.auto.questions,
    overall: jsonRow(summary.overall),
    shapes: summary.shapes.map(jsonRow),
    text_heights: summary.textHeights.map(jsonRow),
    split_lines: jsonRow(summary.splitLines),
    legible_at_once: jsonRow(summary.legibleAtOnce),
  };
}

function jsonRow({ group, modes: { off, reference, auto } }: ScoreRow): object {
  return { group, off: rounded(off), reference: rounded(reference), auto: rounded(auto) };
}

function rounded({ questions, anls, exact, crops, views, seconds, encodeSeconds }: Score): object {
  const round = (value: number): number => Math.round(value * 10_000) / 10_000;
  return {
    questions,
    anls: round(anls),
    exact: round(exact),
    crops: round(crops),
    views: round(views),
    seconds: round(seconds),
    encode_seconds: round(encodeSeconds),
  };
}

function printReport(output: Output, model: Model, { pages, seed, side }: Run, summary: ReadingSummary): void {
  const { questions } = summary.overall.modes.auto;
  output.line(`${model.name}: ${pages} pages, ${questions} questions, views of ${side} pixels, seed ${seed}`);
  for (const line of readingTable(summary)) output.line(line);
}
