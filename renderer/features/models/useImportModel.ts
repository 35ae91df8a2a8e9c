import { useRef, useState } from 'react';
import { type ErrorData, toErrorData } from '../../../electron/shared/errors.ts';
import type { ModelCheck } from '../../../electron/shared/models.ts';
import { useFacet } from '../../state/useFacet.ts';
import { useModelActions } from './useModelActions.ts';

export type ImportState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'checked'; readonly result: ModelCheck }
  | { readonly kind: 'adding' }
  | { readonly kind: 'failed'; readonly error: ErrorData };

export interface ImportModel {
  readonly state: ImportState;
  readonly check: (path: string) => Promise<void>;
  /** Adds the file and begins to use it. An empty projector path lets Facet look beside the file. */
  readonly add: (path: string, projectorPath: string) => Promise<void>;
  /** Back to the question; an answer still on its way is ignored. */
  readonly reset: () => void;
}

/** @param onAdded called when the model is in the list */
export function useImportModel(onAdded: () => void): ImportModel {
  const { client } = useFacet();
  const { use } = useModelActions();
  const [state, setState] = useState<ImportState>({ kind: 'asking' });
  const round = useRef(0);

  const run = async (during: ImportState, act: () => Promise<ImportState | null>): Promise<void> => {
    const thisRound = ++round.current;
    setState(during);
    const next = await act().catch((error: unknown): ImportState => ({ kind: 'failed', error: toErrorData(error) }));
    if (thisRound === round.current && next !== null) setState(next);
  };
  return {
    state,
    check: (path) => run({ kind: 'checking' }, async () => ({ kind: 'checked', result: await client.request('model.check', { path }) })),
    add: (path, projectorPath) =>
      run({ kind: 'adding' }, async () => {
        const model = await client.request('model.import', { path, projectorPath: projectorPath === '' ? null : projectorPath });
        onAdded();
        void use(model.id);
        return null;
      }),
    reset: () => {
      round.current += 1;
      setState({ kind: 'asking' });
    },
  };
}
