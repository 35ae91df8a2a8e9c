import { join } from 'node:path';
import { createConversationStore } from '../../electron/services/conversations/conversationStore.ts';
import { createMessageStore } from '../../electron/services/conversations/messageStore.ts';
import { openOrRecover } from '../../electron/services/database/openOrRecover.ts';
import { openSession } from '../../electron/services/sessions/openSession.ts';

// Writes questions and growing answers as fast as it can and tells its parent, after each commit, what must survive. It never ends by itself.
const dataFolder = process.argv[2] ?? '';
const session = openSession(dataFolder);
const { database } = openOrRecover(join(dataFolder, 'facet.db'), { check: true, shared: false });
const conversations = createConversationStore(database);
const messages = createMessageStore(database, session.id);
const conversation = conversations.create('', Date.now());
for (let round = 0; ; round++) {
  const question = database.transaction(() => {
    const asked = messages.addQuestion(
      { conversationId: conversation.id, parentId: null, text: `question ${String(round)}`, attachments: [] },
      Date.now(),
    );
    const answer = messages.addAnswer(conversation.id, asked.id, { kind: 'generating', stage: { kind: 'waiting' } }, Date.now());
    return { asked, answer };
  })();
  process.send?.({ question: question.asked.id });
  let text = '';
  for (let piece = 0; piece < 5; piece++) {
    text += `piece ${String(piece)} `;
    messages.saveText(question.answer.id, text);
  }
  process.send?.({ answer: question.answer.id, text });
  await new Promise(setImmediate);
}
