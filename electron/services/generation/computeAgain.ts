import type { Requests } from '../../shared/contract.ts';
import type { AssistantMessage } from '../../shared/conversations.ts';
import { facetError } from '../../shared/errors.ts';
import type { Receipt } from '../../shared/generation.ts';
import type { TableResult } from '../../shared/tableQuery.ts';
import { computeQuery } from '../tables/computeQuery.ts';
import { resultInWords } from '../tables/describeTables.ts';
import { tableAt } from '../tables/documentTables.ts';
import { noQuery } from './answerFromTables.ts';
import type { GenerationParts } from './generationParts.ts';

/**
 * Computes an answer out of a table by the user's own query, and keeps it in place of the one that was there.
 * @throws FacetError busy while the answer is written; invalidRequest for an answer that is not out of tables, a document that is not its own, and a query
 *   that its table does not have
 */
export async function computeAgain(
  answer: AssistantMessage,
  { attachmentId, query }: Pick<Requests['message.compute']['params'], 'attachmentId' | 'query'>,
  parts: Pick<GenerationParts, 'attachments' | 'messages' | 'tokens' | 'transaction'>,
): Promise<{ readonly message: AssistantMessage; readonly table: TableResult }> {
  const receipt = computedReceipt(answer);
  if (!receipt.documents.some((document) => document.attachmentId === attachmentId))
    throw facetError('invalidRequest', { field: 'attachmentId', reason: 'the answer is not about this document' });
  const placed = await tableAt(await parts.attachments.settled(attachmentId), query.table, parts.attachments);
  const table = computeQuery(placed, query);
  const text = resultInWords(table);
  const warnings = receipt.warnings.filter((warning) => !warning.startsWith(noQuery));
  const state = { kind: 'complete', receipt: { ...receipt, table, warnings, citations: [] } } as const;
  parts.transaction(() => {
    parts.messages.saveAnswer(answer.id, text, state);
    parts.tokens.save(answer.id, { modelSha256: parts.tokens.get(answer.id)?.modelSha256 ?? '', rawText: text, ids: null });
  });
  return { message: { ...answer, text, state }, table };
}

function computedReceipt({ state }: AssistantMessage): Receipt {
  if (state.kind === 'generating') throw facetError('busy', { what: 'this answer' });
  if (state.kind === 'complete' && state.receipt.coverage?.mode === 'tables') return state.receipt;
  throw facetError('invalidRequest', { field: 'messageId', reason: 'this answer was not computed from a table' });
}
