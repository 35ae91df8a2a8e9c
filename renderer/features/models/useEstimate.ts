import { useEffect, useState } from 'react';
import type { ModelEstimate } from '../../../electron/shared/modelEstimate.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';

/** What a model would take on this machine with the context of the settings; null until it is known. Asked for again when another model is in memory. */
export function useEstimate(modelId: string): ModelEstimate | null {
  const { client } = useFacet();
  const contextTokens = useApp(({ app }) => app?.settings.contextTokens ?? null);
  const engine = useApp(({ app }) => (app?.engine.kind === 'ready' ? app.engine.modelId : ''));
  const key = `${modelId} ${String(contextTokens)} ${engine}`;
  const [found, setFound] = useState<{ readonly key: string; readonly estimate: ModelEstimate } | null>(null);
  useEffect(() => {
    if (contextTokens === null) return undefined;
    const leaving = new AbortController();
    client.request('model.estimate', { subject: { kind: 'model', id: modelId }, contextTokens, cacheType: 'f16' }, leaving.signal).then(
      (estimate) => setFound({ key, estimate }),
      // A file that cannot be read says so where it is used; there is no verdict then.
      () => undefined,
    );
    return () => leaving.abort();
  }, [client, key, modelId, contextTokens]);
  return found?.key === key ? found.estimate : null;
}
