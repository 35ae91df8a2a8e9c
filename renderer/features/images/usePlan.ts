import { useEffect, useState } from 'react';
import type { ImagePlan } from '../../../electron/shared/attachments.ts';
import type { AttachmentUse } from '../../../electron/shared/conversations.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';

/**
 * How a picture would be looked at, and what that costs; null until it is known. Asked for again when the model changes, and with every view that is
 * encoded ahead.
 * @param use null for nothing
 */
export function usePlan(use: AttachmentUse | null): ImagePlan | null {
  const { client } = useFacet();
  const engine = useApp(({ app }) =>
    app?.engine.kind === 'ready' ? `${app.engine.modelId} ${app.engine.loadMs}` : (app?.engine.kind ?? ''),
  );
  const attachmentId = use?.attachmentId ?? null;
  const [prepared, setPrepared] = useState(0);
  useEffect(
    () =>
      client.onEvent((event) => {
        if (event.name === 'image.prepared' && event.payload.attachmentId === attachmentId) setPrepared((count) => count + 1);
      }),
    [client, attachmentId],
  );
  const key = use === null ? '' : `${JSON.stringify(use)} ${engine}`;
  const [found, setFound] = useState<{ readonly key: string; readonly plan: ImagePlan } | null>(null);
  useEffect(() => {
    if (use === null) return undefined;
    const leaving = new AbortController();
    client.request('attachment.plan', use, leaving.signal).then(
      (plan) => setFound({ key, plan }),
      // What cannot be planned shows no frames and no cost; sending it says why.
      () => undefined,
    );
    return () => leaving.abort();
    // `key` holds all of `use`, whose identity changes with every edit of the draft.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, key, prepared]);
  return found?.key === key ? found.plan : null;
}
