import { useEffect, useState } from 'react';
import type { MachineFacts } from '../../../electron/shared/machine.ts';
import type { Model } from '../../../electron/shared/models.ts';
import type { ModelSpeed } from '../../../electron/shared/speed.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';

export interface Machine {
  /** Null until it has said it. */
  readonly facts: MachineFacts | null;
  /** Measured and predicted; empty before any model was measured here. */
  readonly speeds: readonly ModelSpeed[];
}

/** What this computer has free and how quick models are on it, asked for again when another model is in memory or here, and when `round` changes. */
export function useMachine(round = 0): Machine {
  const { client } = useFacet();
  const engine = useApp(({ app }) => (app?.engine.kind === 'ready' ? app.engine.modelId : ''));
  const here = useApp(({ app }) => app?.models.filter(({ state }) => state.kind === 'installed').length ?? 0);
  const [machine, setMachine] = useState<Machine>({ facts: null, speeds: [] });
  useEffect(() => {
    const leaving = new AbortController();
    Promise.all([client.request('machine.describe', {}, leaving.signal), client.request('model.speeds', {}, leaving.signal)]).then(
      ([facts, speeds]) => setMachine({ facts, speeds }),
      // Without a connection its banner says so, and the next one asks again.
      () => undefined,
    );
    return () => leaving.abort();
  }, [client, engine, here, round]);
  return machine;
}

/** The speed of a model that is here, else that of its size in its variant. */
export function speedOf(
  speeds: readonly ModelSpeed[],
  { id, size, quantisation }: Pick<Model, 'id' | 'size' | 'quantisation'>,
): ModelSpeed | null {
  const absent = (speed: ModelSpeed): boolean => speed.modelId === null && speed.size === size && speed.quantisation === quantisation;
  return speeds.find(({ modelId }) => modelId === id) ?? speeds.find(absent) ?? null;
}
