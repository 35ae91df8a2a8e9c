import type { RunResult } from '../../engine/engineContract.ts';
import { FacetError, facetError } from '../../shared/errors.ts';
import type { TableResult } from '../../shared/tableQuery.ts';
import { lastQuestion } from '../conversations/branches.ts';
import { coverageOfAll, coverageOfSegments } from '../asking/coverage.ts';
import type { Room } from '../context/usage.ts';
import { createEngineAsker } from '../asking/exhaustive/askEngine.ts';
import { computeQuery } from '../tables/computeQuery.ts';
import { describeTables, resultInWords } from '../tables/describeTables.ts';
import { type PlacedTable, tablesOf } from '../tables/documentTables.ts';
import { queryGrammar } from '../tables/queryGrammar.ts';
import { queryPrompt } from '../tables/queryPrompt.ts';
import { parseTableQuery } from '../../shared/validation.ts';
import type { ExhaustiveRequest, Outcome } from './answerExhaustively.ts';
import type { AnswerStream } from './answerStream.ts';
import type { GenerationParts } from './generationParts.ts';
import { documentReceipt } from './receipts.ts';

/** Queries a model may write before it is given up: the first, and one with its mistake told. */
const attempts = 2;
/** How a warning begins that no longer holds when the user writes the query. */
export const noQuery = 'No query of the tables could be made';
/** Longest query in tokens. */
const queryTokens = 384;

/** Has the model write a query, and computes it by code. The model never sees the rows, and never says a number. */
export async function answerFromTables(
  { messageId, system, path, active, planned, room }: ExhaustiveRequest,
  stream: AnswerStream,
  parts: GenerationParts,
  signal: AbortSignal,
): Promise<Outcome> {
  const question = lastQuestion(path)?.text ?? '';
  const tables = await tablesOf(
    planned.documents.map(({ attachment }) => attachment),
    parts.attachments,
  );
  const grammar = queryGrammar(tables, question);
  const asker = createEngineAsker({ system, active, runId: messageId }, parts, signal);
  const document = {
    attachmentId: '',
    name: 'Tables',
    pages: [{ page: 1, source: 'text' as const, text: describeTables(tables) }],
  };
  let table: TableResult | null = null;
  let mistake: string | null = null;
  let stopped = false;
  for (let attempt = 1; attempt <= attempts && table === null; attempt++) {
    stream.setStage({ kind: 'readingPrompt', doneTokens: 0, totalTokens: 0 });
    const prompt = { document, text: queryPrompt({ question, tables, mistake }, active.profile) };
    const promptTokens = await asker.count(prompt);
    if (promptTokens + queryTokens > room.contextTokens) throw tooManyColumns(promptTokens, room);
    const { text, stopReason } = await asker.run(prompt, queryTokens, grammar === null ? {} : { grammar });
    stopped = stopReason === 'cancelled';
    if (stopped) break;
    try {
      table = compute(text, tables);
    } catch (error) {
      mistake = mistakeOf(error);
    }
  }
  if (table !== null) stream.write(resultInWords(table), 1);
  else if (!stopped)
    stream.write(
      'Nothing was computed: the model wrote no query that fits these tables. Ask with the names of the columns, or choose another way of reading.',
      1,
    );
  const { generatedTokens, ...total } = asker.total();
  const result: RunResult = { ...total, text: stream.rawText(), ids: [], stopReason: stopped ? 'cancelled' : 'endOfTurn' };
  const { reading, documents } = planned;
  return {
    result,
    generatedTokens,
    documents: documents.map((input) => documentReceipt(input, 0)),
    coverage:
      table === null
        ? coverageOfSegments(documents, [], reading)
        : coverageOfAll(
            documents.filter(({ attachment }) => attachment.id === table.attachmentId),
            reading,
          ),
    table,
    warnings: table === null && mistake !== null ? [`${noQuery}: ${mistake}`] : [],
  };
}

function tooManyColumns(promptTokens: number, room: Room): FacetError {
  return facetError('doesNotFit', {
    needed: promptTokens + queryTokens,
    available: room.contextTokens,
    largestContext: Math.max(room.contextTokens, room.contextLimit),
    parts: [
      { part: 'columns of the tables', tokens: promptTokens },
      { part: 'answer', tokens: queryTokens },
    ],
  });
}

/** @throws FacetError invalidRequest for what is not a query of these tables */
function compute(answer: string, tables: readonly PlacedTable[]): TableResult {
  const query = parseTableQuery(answer);
  const placed = tables[query.table - 1];
  if (placed === undefined) throw facetError('invalidRequest', { field: 'query', reason: `there is no table ${query.table}` });
  return computeQuery(placed, query);
}

function mistakeOf(error: unknown): string {
  if (error instanceof FacetError && error.data.code === 'invalidRequest')
    return `${error.data.details.field}: ${error.data.details.reason}`;
  throw error;
}
