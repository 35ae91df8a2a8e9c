import type { Conversation } from '../../../electron/shared/conversations.ts';
import { richAnswer, shortAnswer } from './answers.ts';
import { assistantMessage, sampleConversation, userMessage } from './samples.ts';
import { documentReceipt, leaseUse } from './documentScenes.ts';

/** Chats as such: nothing, one, long words, right to left, very long ones. */
export const chatScenes: Readonly<Record<string, () => Conversation | null>> = {
  empty: () => null,
  firstRun: () => null,
  chat: () =>
    sampleConversation([
      userMessage('1', null, 'What does clause 9 say about notice?', { attachments: [leaseUse] }),
      assistantMessage('2', '1', shortAnswer, { state: { kind: 'complete', receipt: documentReceipt } }),
      userMessage('3', '2', 'Make a table of all the dates, and show me how you would check them in Python.'),
      assistantMessage('4', '3', 'An earlier try.'),
      assistantMessage('5', '3', richAnswer),
    ]),
  writing: () =>
    sampleConversation([
      userMessage('1', null, 'Tell me about the lease.', { attachments: [leaseUse] }),
      assistantMessage('2', '1', richAnswer.slice(0, 900), { state: { kind: 'generating', stage: { kind: 'writing', tokens: 212 } } }),
    ]),
  private: () => {
    const shown = sampleConversation([
      userMessage('1', null, 'What does the lease say about notice?'),
      assistantMessage('2', '1', shortAnswer),
    ]);
    return { ...shown, summary: { ...shown.summary, id: 'private-c' } };
  },
  cannotSee: () => sampleConversation([userMessage('1', null, 'Hello'), assistantMessage('2', '1', 'Hello. What can I do?')]),
  hard: () =>
    sampleConversation([
      userMessage('1', null, `ما هو موعد الإشعار؟ ${'Donaudampfschifffahrtsgesellschaft'.repeat(6)}`),
      assistantMessage(
        '2',
        '1',
        `مهلة الإشعار ثلاثة أشهر كتابةً.\n\n${'https://example.com/'.repeat(12)}\n\n| A | B |\n|---|---|\n| ${'wide'.repeat(60)} | x |`,
      ),
    ]),
  hundred: () => longConversation(100),
  tenThousand: () => longConversation(10_000),
};

function longConversation(count: number): Conversation {
  return sampleConversation(
    Array.from({ length: count }, (_message, index) => {
      const parent = index === 0 ? null : String(index - 1);
      return index % 2 === 0
        ? userMessage(String(index), parent, `Question ${index / 2 + 1}: what about clause ${index}?`)
        : assistantMessage(String(index), String(index - 1), index % 10 === 1 ? richAnswer : shortAnswer);
    }),
  );
}
