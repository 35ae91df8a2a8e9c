import type { AnswerState, AttachmentUse, ConversationSummary, Message } from '../../shared/conversations.ts';
import type { PanScanMode, Rect } from '../../shared/attachments.ts';

export interface SummaryRow {
  readonly id: string;
  readonly title: string;
  readonly titled_by: ConversationSummary['titledBy'];
  readonly created_at: number;
  readonly updated_at: number;
  readonly opening: string | null;
}

export interface MessageRow {
  readonly id: string;
  readonly conversation_id: string;
  readonly parent_id: string | null;
  readonly role: Message['role'];
  readonly created_at: number;
  readonly text: string;
  readonly state: string | null;
}

export interface AttachmentUseRow {
  readonly message_id: string;
  readonly attachment_id: string;
  readonly pan_scan: PanScanMode;
  readonly regions: string;
}

const openingLength = 120;

/** Columns of a SummaryRow; the opening is the start of the first question, whatever branch is shown. */
export const summaryColumns = `c.id, c.title, c.titled_by, c.created_at, c.updated_at, (
  SELECT substr(m.text, 1, 400) FROM messages m WHERE m.conversation_id = c.id AND m.role = 'user' ORDER BY m.ordinal LIMIT 1
) AS opening`;

export function summaryOf(row: SummaryRow): ConversationSummary {
  return {
    id: row.id,
    title: row.title,
    titledBy: row.titled_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    opening: shorten(row.opening ?? '', openingLength),
  };
}

export function messageOf(row: MessageRow, uses: readonly AttachmentUse[]): Message {
  const base = { id: row.id, conversationId: row.conversation_id, parentId: row.parent_id, createdAt: row.created_at, text: row.text };
  if (row.state === null) return { ...base, role: 'user', attachments: uses };
  return { ...base, role: 'assistant', state: JSON.parse(row.state) as AnswerState };
}

export function attachmentUseOf(row: AttachmentUseRow): AttachmentUse {
  return { attachmentId: row.attachment_id, panScan: row.pan_scan, regions: JSON.parse(row.regions) as readonly Rect[] };
}

/** Whole words of one line, at most `length` UTF-16 units, with an ellipsis when something was left out. */
export function shorten(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= length) return line;
  const cut = line.slice(0, length - 1);
  const space = cut.lastIndexOf(' ');
  const whole = space > length / 2 ? cut.slice(0, space) : cut;
  // A surrogate pair must not be cut in half.
  return `${whole.replace(/[\uD800-\uDBFF]$/, '')}…`;
}
