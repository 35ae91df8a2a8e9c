import type { AppEvent, AppState } from '../../electron/shared/appState.ts';
import type { Attachment } from '../../electron/shared/attachments.ts';
import type { Requests } from '../../electron/shared/contract.ts';
import type { Conversation } from '../../electron/shared/conversations.ts';
import { facetError } from '../../electron/shared/errors.ts';
import type { RequestHandlers } from '../../electron/shared/rpc.ts';

export interface FakeLibraryOptions {
  readonly state: () => AppState;
  readonly conversations: () => readonly Conversation[];
  readonly texts: Readonly<Record<string, readonly string[]>>;
  readonly emit: (event: AppEvent) => void;
}

/** The library's requests over what the fake host knows. */
export function fakeLibrary({
  state,
  conversations,
  texts,
  emit,
}: FakeLibraryOptions): Pick<RequestHandlers<Requests>, Extract<keyof Requests, `library.${string}` | `state.${string}`>> {
  const removed = new Map<string, Attachment>();
  let states = { chats: 3, bytes: 1_400_000_000 };
  return {
    'library.uses': () =>
      conversations().flatMap(({ summary, messages }) =>
        messages.flatMap((message) =>
          message.role === 'user'
            ? message.attachments.map(({ attachmentId }) => ({ attachmentId, conversationId: summary.id, usedAt: message.createdAt }))
            : [],
        ),
      ),
    'library.search': ({ query }) =>
      state().attachments.flatMap(({ id, sha256 }) => {
        const pages = (texts[id] ?? []).map((text, index) => ({ text, page: index + 1 }));
        const found = pages.filter(({ text }) => text.toLowerCase().includes(query.toLowerCase()));
        const [best] = found;
        if (best === undefined) return [];
        const at = best.text.toLowerCase().indexOf(query.toLowerCase());
        const start = Math.max(0, at - 40);
        const excerpt = best.text.slice(start, start + 160).replaceAll('\n', ' ');
        return [{ sha256, page: best.page, excerpt, matches: [{ start: at - start, length: query.length }], pages: found.length }];
      }),
    'library.remove': ({ ids }) => {
      for (const id of ids) {
        const attachment = state().attachments.find((candidate) => candidate.id === id);
        if (attachment === undefined) throw facetError('notFound', { what: 'attachment', id });
        removed.set(id, attachment);
        emit({ name: 'attachment.removed', payload: { id } });
      }
      return {};
    },
    'library.restore': ({ ids }) =>
      ids.map((id) => {
        const attachment = removed.get(id);
        if (attachment === undefined) throw facetError('notFound', { what: 'attachment', id });
        emit({ name: 'attachment.changed', payload: { attachment } });
        return attachment;
      }),
    'state.usage': () => states,
    'state.removeAll': () => (states = { chats: 0, bytes: 0 }),
  };
}
