import { useEffect, useState } from 'react';
import type { ModelEstimate } from '../../../electron/shared/modelEstimate.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';

type Estimates = ReadonlyMap<string, ModelEstimate>;

const none: Estimates = new Map();

/**
 * What models would take on this machine with the context of the settings, by id; those are absent that are not known yet or cannot be told.
 * Asked for again when another model is in memory, and when `round` changes.
 */
export function useEstimates(modelIds: readonly string[], round = 0): Estimates {
  const { client } = useFacet();
  const contextTokens = useApp(({ app }) => app?.settings.contextTokens ?? null);
  const cacheType = useApp(({ app }) => app?.settings.cacheType ?? 'f16');
  const engine = useApp(({ app }) => (app?.engine.kind === 'ready' ? app.engine.modelId : ''));
  const ids = modelIds.join(' ');
  const key = `${ids} ${String(contextTokens)} ${cacheType} ${engine} ${round}`;
  const [found, setFound] = useState<{ readonly key: string; readonly estimates: Estimates }>({ key: '', estimates: none });
  useEffect(() => {
    if (contextTokens === null || ids === '') return undefined;
    const leaving = new AbortController();
    const estimate = async (id: string): Promise<readonly (readonly [string, ModelEstimate])[]> => {
      try {
        const params = { subject: { kind: 'model', id }, contextTokens, cacheType } as const;
        return [[id, await client.request('model.estimate', params, leaving.signal)]];
      } catch {
        // A file that cannot be read says so where it is used; there is no verdict then.
        return [];
      }
    };
    void Promise.all(ids.split(' ').map(estimate)).then((entries) => {
      if (!leaving.signal.aborted) setFound({ key, estimates: new Map(entries.flat()) });
    });
    return () => leaving.abort();
  }, [client, key, ids, contextTokens, cacheType]);
  // While it is asked again what was known stays: a verdict that goes and comes back would flicker.
  return found.estimates;
}
