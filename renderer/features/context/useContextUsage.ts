import { useEffect } from 'react';
import type { Attachment } from '../../../electron/shared/attachments.ts';
import type { ContextUsage } from '../../../electron/shared/generation.ts';
import { toErrorData } from '../../../electron/shared/errors.ts';
import { conversationId } from '../../state/conversationStore.ts';
import { draftOf, newChatKey } from '../../state/draftStore.ts';
import { useApp, useConversation, useDrafts, useFacet, useUsage } from '../../state/useFacet.ts';

/** Typing is measured when it rests, in milliseconds. */
const restMs = 400;

/**
 * What of a file changes what it costs. One that is being read changes many times a second, and is measured again when twice as many pages are there.
 */
function readingKey({ id, state, changedOnDisk = false }: Attachment): string {
  const pages = state.kind === 'reading' ? Math.ceil(Math.log2(1 + (state.ready ?? 0))) : '';
  return `${id} ${state.kind}${pages}${changedOnDisk ? ' changed' : ''}`;
}

/**
 * Measures the next send again as the user types, attaches or switches; what it finds is in `stores.usage` for all. Used once on a page.
 * @returns null until known or without a model
 */
export function useContextUsage(): ContextUsage | null {
  const {
    client,
    stores: { usage },
  } = useFacet();
  const engine = useApp(({ app }) => app?.engine ?? null);
  const settings = useApp(({ app }) => app?.settings ?? null);
  const readings = useApp(({ app }) => (app?.attachments ?? []).map(readingKey).join(' '));
  const id = useConversation(conversationId);
  const head = useConversation((slice) => (slice.kind === 'open' ? slice.conversation.headId : null));
  const system = useConversation((slice) => (slice.kind === 'open' ? slice.conversation.system : ''));
  const compactions = useConversation((slice) => (slice.kind === 'open' ? slice.conversation.compactions : null));
  const answering = useConversation((slice) => slice.kind === 'open' && slice.writing !== null);
  const opening = useConversation((slice) => slice.kind === 'opening' || slice.kind === 'failed');
  const draft = useDrafts((slice) => draftOf(slice, id ?? newChatKey));
  const ready = engine?.kind === 'ready' && !opening;

  useEffect(() => {
    // While an answer is written its tokens are counted at its end; a number that jumps tells nobody anything.
    if (!ready || answering) return undefined;
    const abort = new AbortController();
    const measure = async (): Promise<void> => {
      const uses = draft.attachments.flatMap((item) => (item.kind === 'stored' ? [item.use] : []));
      try {
        const params = { conversationId: id, parentId: head, text: draft.text, attachments: uses, mode: draft.mode, soFar: draft.soFar };
        const measured = await client.request('context.measure', params, abort.signal);
        if (!abort.signal.aborted) usage.setState({ usage: measured, error: null });
      } catch (error) {
        // A file that cannot be read is shown on its own card; the gauge then says nothing rather than something wrong.
        if (!abort.signal.aborted) usage.setState({ usage: null, error: toErrorData(error) });
      }
    };
    const timer = setTimeout(() => void measure(), restMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, usage, ready, answering, id, head, system, compactions, draft, engine, settings, readings]);
  useEffect(() => {
    if (!ready) usage.setState({ usage: null, error: null });
  }, [usage, ready]);
  const measured = useUsage((slice) => slice.usage);
  return ready ? measured : null;
}
