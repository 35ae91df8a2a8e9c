import type { ConversationSummary, Message } from '../../shared/conversations.ts';
import { pathTo } from '../../services/conversations/branches.ts';
import { choice, text } from '../arguments/options.ts';
import { parseArguments } from '../arguments/parseArguments.ts';
import { exitCodes } from '../exitCodes.ts';
import { type Command, commonOptions } from './command.ts';
import { compactCommand } from './compactCommand.ts';
import { noOperands, oneOperand } from './operands.ts';
import { writeNewFile } from './writeNewFile.ts';

const listCommand: Command = {
  name: 'chats list',
  operands: '',
  summary: 'List stored chats, newest first',
  options: commonOptions,
  async run(given, context) {
    const { options, operands } = parseArguments(commonOptions, given);
    noOperands(operands);
    const { conversations } = (await context.openApp(options.data)).state();
    if (options.json) context.output.json({ chats: conversations.map(summaryReport) });
    else for (const chat of conversations) context.output.line(`${chat.id}  ${isoTime(chat.updatedAt)}  ${titleOf(chat)}`);
    return exitCodes.ok;
  },
};

const showCommand: Command = {
  name: 'chats show',
  operands: 'ID',
  summary: 'Show the questions and answers of a chat',
  options: commonOptions,
  async run(given, context) {
    const { options, operands } = parseArguments(commonOptions, given);
    const id = oneOperand(operands, 'ID');
    const app = await context.openApp(options.data);
    const chat = await app.request('conversation.open', { id }, context.signal);
    const messages = pathTo(chat.messages, chat.headId);
    if (options.json) {
      context.output.json({ ...summaryReport(chat.summary), system: chat.system, messages: messages.map(messageReport) });
      return exitCodes.ok;
    }
    for (const message of messages) {
      context.output.line(`${message.role === 'user' ? 'You' : 'Facet'}:\n${message.text}\n`);
      const compaction = chat.compactions.findLast(({ afterId }) => afterId === message.id);
      if (compaction !== undefined) context.output.line(`Summary that is read in place of what stands above:\n${compaction.summary}\n`);
    }
    return exitCodes.ok;
  },
};

const exportOptions = {
  format: choice(['markdown', 'json'], 'Form of the export (default: markdown; json with --json)'),
  output: text('FILE', 'File to write; an existing one is not overwritten (default: standard output)'),
  ...commonOptions,
} as const;

const exportCommand: Command = {
  name: 'chats export',
  operands: 'ID',
  summary: 'Write a whole chat, all branches, as Markdown or JSON',
  options: exportOptions,
  async run(given, context) {
    const { options, operands } = parseArguments(exportOptions, given);
    const id = oneOperand(operands, 'ID');
    const app = await context.openApp(options.data);
    const format = options.format ?? (options.json ? 'json' : 'markdown');
    const exported = await app.request('conversation.export', { id, format }, context.signal);
    if (options.output === null) {
      context.output.write(exported.text.endsWith('\n') ? exported.text : `${exported.text}\n`);
      return exitCodes.ok;
    }
    const file = await writeNewFile(options.output, exported.text, context);
    if (options.json) context.output.json({ file });
    return exitCodes.ok;
  },
};

/** `facet chats …`. */
export const chatsCommands: readonly Command[] = [listCommand, showCommand, exportCommand, compactCommand];

function summaryReport(chat: ConversationSummary): object {
  return { id: chat.id, title: titleOf(chat), created_at: isoTime(chat.createdAt), updated_at: isoTime(chat.updatedAt) };
}

function messageReport(message: Message): object {
  const base = { id: message.id, role: message.role, created_at: isoTime(message.createdAt), text: message.text };
  return message.role === 'assistant' ? { ...base, state: message.state.kind } : base;
}

function titleOf({ title, opening }: ConversationSummary): string {
  return title === '' ? opening : title;
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
