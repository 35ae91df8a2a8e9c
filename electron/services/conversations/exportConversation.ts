import type { Attachment } from '../../shared/attachments.ts';
import { assertNever } from '../../shared/assertNever.ts';
import type { AnswerState, Compaction, Conversation, Message } from '../../shared/conversations.ts';
import { errorText } from '../../shared/errorText.ts';
import { pathTo } from './branches.ts';

export interface ExportedConversation {
  readonly fileName: string;
  readonly text: string;
}

/** The shown branch as Markdown, readable without Facet. */
export function exportMarkdown(conversation: Conversation, attachments: readonly Attachment[]): ExportedConversation {
  const { summary, system, messages, headId } = conversation;
  const title = displayTitle(conversation);
  const sections = [`# ${title}`, `Begun ${isoMinute(summary.createdAt)}, last message ${isoMinute(summary.updatedAt)}.`];
  if (system !== '') sections.push(`**System**\n\n${system}`);
  for (const message of pathTo(messages, headId)) {
    sections.push(section(message, attachments));
    for (const compaction of conversation.compactions) if (compaction.afterId === message.id) sections.push(summarySection(compaction));
  }
  return { fileName: fileName(title, 'md'), text: `${sections.join('\n\n')}\n` };
}

/** Every branch, with receipts, as JSON. */
export function exportJson(conversation: Conversation, attachments: readonly Attachment[]): ExportedConversation {
  const used = new Set(
    conversation.messages.flatMap((message) => (message.role === 'user' ? message.attachments.map((use) => use.attachmentId) : [])),
  );
  const content = { format: 'facet-conversation', version: 1, ...conversation, attachments: attachments.filter(({ id }) => used.has(id)) };
  return { fileName: fileName(displayTitle(conversation), 'json'), text: `${JSON.stringify(content, null, 2)}\n` };
}

function section(message: Message, attachments: readonly Attachment[]): string {
  if (message.role === 'user') {
    const names = message.attachments.map((use) => attachments.find(({ id }) => id === use.attachmentId)?.name ?? 'a removed attachment');
    return ['## You', ...names.map((name) => `*Attached: ${name}*`), message.text].join('\n\n');
  }
  const note = stateNote(message.state);
  return ['## Facet', message.text, ...(note === '' ? [] : [`*${note}*`])].filter((part) => part !== '').join('\n\n');
}

/** After what it stands for, which is all there above it. */
function summarySection({ messages, summary, model }: Compaction): string {
  return `## Summary\n\n*Read in place of the ${messages} messages above. Written by ${model}.*\n\n${summary}`;
}

function stateNote(state: AnswerState): string {
  switch (state.kind) {
    case 'generating':
      return 'Still being written.';
    case 'complete':
      return state.receipt.model.name;
    case 'cancelled':
      return 'Stopped before its end.';
    case 'failed':
      return `Not finished. ${errorText(state.error).what}`;
    default:
      return assertNever(state, 'answer state');
  }
}

function displayTitle({ summary }: Conversation): string {
  return summary.title || summary.opening || 'Conversation';
}

function isoMinute(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Safe on every file system. */
function fileName(title: string, ending: string): string {
  const safe = title
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} _-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60)
    .trim();
  return `${safe === '' ? 'Conversation' : safe}.${ending}`;
}
