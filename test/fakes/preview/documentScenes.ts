import type { Conversation } from '../../../electron/shared/conversations.ts';
import type { Citation } from '../../../electron/shared/citations.ts';
import { shortAnswer } from './answers.ts';
import { computedReceipt, listedConversation, orders, queryless } from './tableSamples.ts';
import { changed, assistantMessage, lease, receipt, sampleConversation, userMessage } from './samples.ts';

export const leaseUse = { attachmentId: lease.id, panScan: 'auto', regions: [] } as const;
export const documentReceipt = {
  ...receipt,
  documents: [
    { attachmentId: lease.id, file: lease.name, tokens: 7400, pages: lease.state.kind === 'document' ? lease.state.document.pages : [] },
  ],
} as const;

const citedAnswer =
  'In writing: “The tenant shall give notice in writing.” A late notice “counts for the month after”. It goes to “the agent of the landlord”.';
const citations: readonly Citation[] = [
  'The tenant shall give notice in writing.',
  'counts for the month after',
  'the agent of the landlord',
].map((quote, index) => {
  const start = citedAnswer.indexOf(`“${quote}`);
  const from = leaseText(9).indexOf(quote);
  const source = {
    attachmentId: lease.id,
    document: lease.name,
    page: 9,
    how: 'exact' as const,
    start: from,
    end: from + quote.length,
    rectangles: index === 0 ? [{ page: 9, x: 72, y: 112, width: 240, height: 16 }] : [],
  };
  return { start, end: start + quote.length + 2, quote, source: index === 2 ? null : source };
});

/** Answers about documents: cited, computed, listed, from a file that changed. */
export const documentScenes: Readonly<Record<string, () => Conversation | null>> = {
  cited: () =>
    sampleConversation([
      userMessage('1', null, 'How must notice be given, and to whom?', { attachments: [leaseUse] }),
      assistantMessage('2', '1', citedAnswer, { state: { kind: 'complete', receipt: { ...documentReceipt, citations } } }),
      userMessage('3', '2', 'Is there a parking space?'),
      assistantMessage('4', '3', 'Not in the document.', { state: { kind: 'complete', receipt: { ...documentReceipt, citations: [] } } }),
    ]),
  relevant: () =>
    sampleConversation([
      userMessage('1', null, 'What does clause 9 say about notice?', { attachments: [leaseUse] }),
      assistantMessage('2', '1', shortAnswer, {
        state: {
          kind: 'complete',
          receipt: {
            ...documentReceipt,
            coverage: {
              mode: 'relevant',
              reason: 'it does not fit',
              foundBy: 'wordsAndMeaning',
              documents: [
                { attachmentId: lease.id, file: lease.name, pagesRead: [2, 3, 9], pages: 14, charactersRead: 6200, characters: 29_400 },
              ],
            },
          },
        },
      }),
    ]),
  computed: () =>
    sampleConversation([
      userMessage('1', null, 'What did the north order in all?', { attachments: [{ ...leaseUse, attachmentId: orders.id }] }),
      assistantMessage('2', '1', '**18737.5**\n\nComputed: sum of Amount where Region is North; 53 of 214 rows.', {
        state: { kind: 'complete', receipt: computedReceipt },
      }),
      userMessage('3', '2', 'And which was the strangest?'),
      assistantMessage('4', '3', 'Nothing was computed: the model wrote no query that fits these tables.', {
        state: { kind: 'complete', receipt: queryless },
      }),
    ]),
  listed: () => listedConversation,
  changed: () =>
    sampleConversation([
      userMessage('1', null, 'What does it say?', { attachments: [{ attachmentId: changed.id, panScan: 'auto', regions: [] }] }),
      assistantMessage('2', '1', shortAnswer),
    ]),
};

export const pageSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842"><rect width="595" height="842" fill="white"/><g font-family="serif" font-size="14"><text x="72" y="90" font-size="20">Clause 9</text><text x="72" y="125">The tenant shall give notice in writing. A late</text><text x="72" y="145">notice counts for the month after.</text></g></svg>`;

export function leaseText(page: number): string {
  return `${page}. The tenant shall give notice in writing.\n\n${shortAnswer}`;
}
