import { toErrorData } from '../../electron/shared/errors.ts';
import type { FacetClient } from '../client/facetClient.ts';
import type { BenchStore } from './benchStore.ts';

/** Measures speed; goes on while the dialog that shows it is closed. */
export interface BenchActions {
  /** Every installed model as far as a minute allows. Harmless while one runs. */
  run(): Promise<void>;
  cancel(): void;
}

export function createBenchActions(client: FacetClient, store: BenchStore): BenchActions {
  let running: AbortController | null = null;
  let count = 0;
  client.onEvent((event) => {
    if (event.name === 'bench.progressed' && running !== null) store.setState({ kind: 'running', progress: event.payload }, true);
  });
  return {
    async run() {
      if (running !== null) return;
      const controller = new AbortController();
      running = controller;
      store.setState({ kind: 'running', progress: null }, true);
      try {
        await client.request('model.bench', { id: null }, controller.signal);
        running = null;
        store.setState({ kind: 'done', count: ++count }, true);
      } catch (error) {
        running = null;
        const data = toErrorData(error);
        // What was measured until then counts.
        store.setState(controller.signal.aborted ? { kind: 'done', count: ++count } : { kind: 'failed', error: data }, true);
      }
    },
    cancel: () => running?.abort(),
  };
}
