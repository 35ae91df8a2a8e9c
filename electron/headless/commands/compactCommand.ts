import { facetError } from '../../shared/errors.ts';
import { flag, wholeNumber } from '../arguments/options.ts';
import { parseArguments } from '../arguments/parseArguments.ts';
import { exitCodes } from '../exitCodes.ts';
import { modelOptions } from './askOptions.ts';
import { chooseModel } from './chooseModel.ts';
import { type Command, commonOptions } from './command.ts';
import { loadModel } from './loadModel.ts';
import { oneOperand } from './operands.ts';

const options = {
  ...modelOptions,
  context: wholeNumber('N', 'Context in tokens', 512, 131_072),
  undo: flag('Take back the newest summary: the turns themselves are read again'),
  ...commonOptions,
} as const;

/** `facet chats compact`: a summary in the place of older turns. */
export const compactCommand: Command = {
  name: 'chats compact',
  operands: 'ID',
  summary: 'Have the model summarise the turns before the last question, and read the summary in their place from then on',
  options,
  async run(given, context) {
    const { options: values, operands } = parseArguments(options, given);
    const id = oneOperand(operands, 'ID');
    const { output, signal } = context;
    const app = await context.openApp(values.data);
    if (values.undo) {
      const compaction = (await app.request('conversation.open', { id }, signal)).compactions.at(-1);
      if (compaction === undefined)
        throw facetError('invalidRequest', { field: '--undo', reason: 'has nothing to take back: this chat has no summary' });
      await app.request('conversation.undoCompact', { id, compactionId: compaction.id }, signal);
      if (values.json) output.json({ chat_id: id, undone: true });
      return exitCodes.ok;
    }
    // Before a model is loaded for it: there may be no such chat.
    await app.request('conversation.open', { id }, signal);
    const model = await chooseModel(app, values, context);
    await loadModel(app, model, values.context === null ? {} : { contextTokens: values.context }, output, signal);
    const unsubscribe = app.onEvent((event) => {
      if (event.name !== 'compaction.written' || event.payload.conversationId !== id) return;
      const { part, parts } = event.payload;
      output.progress(parts === 1 ? 'Writing the summary' : `Writing the summary: part ${part} of ${parts}`);
    });
    try {
      const { summary, messages } = await app.request('conversation.compact', { id }, signal);
      output.progress(null);
      if (model.profile === 'transcript')
        output.note(`facet: note: ${model.name} is a pretrained checkpoint, which hardly sums anything up. Read it; --undo takes it back.`);
      if (values.json) output.json({ chat_id: id, summary, messages, model: model.name });
      else output.line(summary);
      return exitCodes.ok;
    } finally {
      unsubscribe();
      output.progress(null);
    }
  },
};
