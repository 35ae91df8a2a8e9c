import type { AppState } from '../shared/appState.ts';
import type { Compaction, ConversationSummary, Message } from '../shared/conversations.ts';
import type { CompactionStore } from './compaction/compactionStore.ts';
import type { ConversationStore } from './conversations/conversationStore.ts';
import { failAbandoned } from './conversations/failAbandoned.ts';
import type { MessageStore } from './conversations/messageStore.ts';
import type { Database } from './database/openDatabase.ts';
import type { Emit } from './emit.ts';
import type { Session } from './sessions/openSession.ts';

/** How often the database is asked whether another run of Facet has written to it, in milliseconds. */
const lookMs = 1_000;

export interface OtherRunsOptions {
  readonly database: Database;
  readonly session: Pick<Session, 'id' | 'living'>;
  readonly conversations: ConversationStore;
  readonly messages: MessageStore;
  readonly compactions: Pick<CompactionStore, 'all'>;
  readonly attachments: () => AppState['attachments'];
  readonly settings: () => AppState['settings'];
  readonly live: (message: Message) => Message;
  readonly emit: Emit;
}

/** What was last announced or seen; compared with what is stored. */
interface Seen extends Pick<AppState, 'settings' | 'attachments' | 'conversations'> {
  readonly compactions: readonly Compaction[];
  /** Answers that other runs are writing. */
  readonly beingWritten: readonly Message[];
}

/** Announces what another run on the same data folder (the command line beside the open app) has changed. Returns its end. */
export function watchOtherRuns(options: OtherRunsOptions): () => void {
  const { database, conversations } = options;
  const version = (): unknown => database.pragma('data_version', { simple: true });
  const ownChanges = database.prepare<[], { changes: number }>('SELECT total_changes() AS changes');
  const look = (): Seen => ({
    settings: options.settings(),
    attachments: options.attachments(),
    conversations: conversations.list(),
    compactions: options.compactions.all(),
    beingWritten: options.messages.beingWrittenExceptBy([options.session.id]),
  });
  let lastVersion = version();
  let lastOwn = ownChanges.get()?.changes;
  let seen = look();
  const lookAgain = (): void => {
    if (seen.beingWritten.length > 0) {
      // A run that was killed while it wrote: its answer must not look alive for ever.
      for (const message of failAbandoned(options.messages, options.session.living())) options.emit('message.changed', { message });
    }
    const now = version();
    const own = ownChanges.get()?.changes;
    if (now === lastVersion && own === lastOwn) return;
    const current = look();
    // The version changes only when another connection commits; what this run does itself was announced when it was done.
    if (now !== lastVersion) announce(seen, current, options);
    seen = current;
    lastVersion = now;
    lastOwn = own;
  };
  const timer = setInterval(() => {
    try {
      lookAgain();
    } catch {
      // A disk that is full or gone for a moment: nothing was noted as seen, so the next look finds it all.
    }
  }, lookMs);
  timer.unref();
  return () => clearInterval(timer);
}

function announce(before: Seen, now: Seen, { emit, conversations, messages, live }: OtherRunsOptions): void {
  if (JSON.stringify(before.settings) !== JSON.stringify(now.settings)) emit('settings.changed', { settings: now.settings });
  for (const attachment of changedIn(before.attachments, now.attachments)) emit('attachment.changed', { attachment });
  for (const { id } of goneFrom(before.attachments, now.attachments)) emit('attachment.removed', { id });
  for (const summary of changedIn<ConversationSummary>(before.conversations, now.conversations)) {
    emit('conversation.changed', { summary });
    // Which of its messages are new is not known; sending those that changed nothing is harmless.
    for (const message of messages.ofConversation(summary.id)) emit('message.changed', { message: live(message) });
    emit('conversation.headMoved', { conversationId: summary.id, headId: conversations.details(summary.id)?.headId ?? null });
  }
  for (const compaction of changedIn(before.compactions, now.compactions)) emit('compaction.added', { compaction });
  for (const { id, conversationId } of goneFrom(before.compactions, now.compactions)) emit('compaction.removed', { conversationId, id });
  for (const id of new Set([...before.beingWritten, ...now.beingWritten].map((message) => message.id))) {
    const message = messages.get(id);
    if (message !== null) emit('message.changed', { message: live(message) });
  }
  for (const { id } of goneFrom(before.conversations, now.conversations)) emit('conversation.removed', { id });
}

function changedIn<T extends { readonly id: string }>(before: readonly T[], now: readonly T[]): readonly T[] {
  const known = new Map(before.map((item) => [item.id, JSON.stringify(item)]));
  return now.filter((item) => known.get(item.id) !== JSON.stringify(item));
}

function goneFrom<T extends { readonly id: string }>(before: readonly T[], now: readonly T[]): readonly T[] {
  const left = new Set(now.map(({ id }) => id));
  return before.filter(({ id }) => !left.has(id));
}
