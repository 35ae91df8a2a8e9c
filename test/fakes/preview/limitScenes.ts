import type { Conversation } from '../../../electron/shared/conversations.ts';
import { shortAnswer } from './answers.ts';
import { assistantMessage, receipt, sampleConversation, scan, userMessage } from './samples.ts';
import { leaseUse } from './documentScenes.ts';

/** Answers that failed, and what is at the context's limit. */
export const limitScenes: Readonly<Record<string, () => Conversation | null>> = {
  error: () =>
    sampleConversation([
      userMessage('1', null, 'Compare the two documents.', {
        attachments: [leaseUse, { attachmentId: scan.id, panScan: 'auto', regions: [] }],
      }),
      assistantMessage('2', '1', 'Both leases run for three years. The first begins', {
        state: { kind: 'failed', error: { code: 'engineStopped', details: { reason: 'GGML_ASSERT(n_tokens > 0) failed' } } },
      }),
      userMessage('3', '2', 'And the whole archive?'),
      assistantMessage('4', '3', '', {
        state: {
          kind: 'failed',
          error: {
            code: 'doesNotFit',
            details: {
              needed: 41_200,
              available: 8192,
              largestContext: 32_768,
              parts: [
                { part: 'documents', tokens: 39_000 },
                { part: 'conversation', tokens: 2200 },
              ],
            },
          },
        },
      }),
    ]),
  doesNotFit: () =>
    sampleConversation([
      userMessage('1', null, 'What does the lease say about notice?', { attachments: [leaseUse] }),
      assistantMessage('2', '1', shortAnswer),
      userMessage('3', '2', 'And the whole archive?', { attachments: [{ attachmentId: scan.id, panScan: 'auto', regions: [] }] }),
      assistantMessage('4', '3', '', {
        state: {
          kind: 'failed',
          error: {
            code: 'doesNotFit',
            details: {
              needed: 11_200,
              available: 8192,
              largestContext: 32_768,
              parts: [
                { part: 'documents', tokens: 6000 },
                { part: 'conversation', tokens: 3200 },
                { part: 'answer', tokens: 2000 },
              ],
              choices: [
                { kind: 'largerContext', contextTokens: 16_384, totalBytes: 3.3e9, moreBytes: 168e6 },
                { kind: 'compactHistory', conversationId: 'c', tokens: 3100 },
                { kind: 'readRelevant' },
                { kind: 'dropAttachment', attachmentId: scan.id, file: scan.name, tokens: 4000 },
              ],
            },
          },
        },
      }),
    ]),
  summarised: () => ({
    ...sampleConversation([
      userMessage('1', null, 'What does the lease say about notice?'),
      assistantMessage('2', '1', shortAnswer),
      userMessage('3', '2', 'And about the deposit?'),
      assistantMessage('4', '3', shortAnswer, { state: { kind: 'complete', receipt: { ...receipt, summarisedMessages: 2 } } }),
    ]),
    compactions: [
      {
        id: 's',
        conversationId: 'c',
        afterId: '2',
        messages: 2,
        summary:
          'The user asked about clause 9 of the lease. Notice is three months, in writing; a late notice counts for the month after.',
        createdAt: 0,
        model: 'Gemma 3 4B',
      },
    ],
  }),
};
