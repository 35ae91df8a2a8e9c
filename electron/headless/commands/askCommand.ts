import { parseArguments } from '../arguments/parseArguments.ts';
import { answerQuestion } from './answerQuestion.ts';
import { askOptions, checkAskOptions } from './askOptions.ts';
import { prepareAsking } from './asking.ts';
import type { Command } from './command.ts';
import { dryRun } from './dryRun.ts';
import { checkExport } from './exportAnswer.ts';
import { oneOperand } from './operands.ts';

/** `facet ask`: one question, one answer. */
export const askCommand: Command = {
  name: 'ask',
  operands: 'QUESTION',
  summary: 'Ask a question, about pictures and documents too',
  options: askOptions,
  whenCancelled: 'An answer that had begun is kept as far as it was written, unless it was private: facet chats list',
  async run(given, context) {
    const { options, operands } = parseArguments(askOptions, given);
    const question = oneOperand(operands, 'QUESTION');
    checkAskOptions(options);
    await checkExport(options, question, context);
    const app = await context.openApp(options.data);
    const asking = await prepareAsking(app, options, question, context);
    return options['dry-run'] ? dryRun(asking) : answerQuestion(asking);
  },
};
