import { createCompactionStore } from '../../electron/services/compaction/compactionStore.ts';
import { createConversationStore } from '../../electron/services/conversations/conversationStore.ts';
import { createMessageStore } from '../../electron/services/conversations/messageStore.ts';
import { openDatabase } from '../../electron/services/database/openDatabase.ts';
import { receipt } from './preview/samples.ts';

/** Title of the chat that `writeLongChat` writes. */
export const longChatTitle = 'A long chat';

/** Writes a chat of so many messages, questions and answers in turn, as months of use leave it: Markdown, code, tables, receipts, a summary. */
export function writeLongChat(databasePath: string, messages: number): void {
  const database = openDatabase(databasePath);
  const conversations = createConversationStore(database);
  const store = createMessageStore(database, 'a session that has ended');
  const begun = Date.UTC(2026, 0, 5);
  database.transaction(() => {
    const { id } = conversations.create('', begun);
    conversations.retitle(id, longChatTitle, 'user');
    let parentId: string | null = null;
    for (let turn = 1; turn <= messages / 2; turn++) {
      const now = begun + turn * 60_000;
      const question: string = store.addQuestion(
        { conversationId: id, parentId, text: `Question ${turn}: ${words(turn, 12)}?`, attachments: [] },
        now,
      ).id;
      const answer = store.addAnswer(id, question, { kind: 'complete', receipt }, now + 1000);
      store.saveAnswer(answer.id, answerText(turn), { kind: 'complete', receipt });
      parentId = answer.id;
    }
    conversations.setHead(id, parentId);
    // Without it the next question would not fit any context.
    if (parentId !== null) {
      const summary = words(1, 80);
      createCompactionStore(database).add({
        conversationId: id,
        afterId: parentId,
        messages,
        summary,
        createdAt: begun,
        model: receipt.model.name,
      });
    }
    conversations.touch(id, begun + messages * 60_000);
  })();
  database.close();
}

function answerText(turn: number): string {
  const paragraphs = [`Answer ${turn}. ${words(turn, 60)}.`, `**${words(turn + 1, 4)}**: ${words(turn + 2, 50)}.`];
  if (turn % 5 === 0)
    paragraphs.push(
      `\`\`\`python\n${Array.from({ length: 12 }, (_, line) => `value_${line} = read("${words(turn + line, 3)}")`).join('\n')}\n\`\`\``,
    );
  if (turn % 7 === 0)
    paragraphs.push(
      `| what | when |\n|---|---|\n${Array.from({ length: 6 }, (_, row) => `| ${words(turn + row, 3)} | ${row} |`).join('\n')}`,
    );
  if (turn % 11 === 0) paragraphs.push(`$$\nR_${turn} = R_0 \\cdot (1 + 0.03)^{${turn}}\n$$`);
  return paragraphs.join('\n\n');
}

const vocabulary =
  'the lease notice of tenant and rent in due month landlord writing deposit to clause repair year end agreed for keys by paid'.split(' ');

/** The same words for the same start, other ones for another. */
export function words(start: number, count: number): string {
  return Array.from({ length: count }, (_, index) => vocabulary[(start * 7 + index * index + index * 3) % vocabulary.length]).join(' ');
}
