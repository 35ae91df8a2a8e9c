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
  /** Adds the file and begins to use it; true when it is in the list. An empty projector path lets Facet look beside the file. */
  readonly add: (path: string, projectorPath: string) => Promise<boolean>;
  /** Back to the question; an answer still on its way is ignored. */
  readonly reset: () => void;
}

export function useImportModel(): ImportModel {
  const { client } = useFacet();
  const { switchTo } = useModelActions();
  const [state, setState] = useState<ImportState>({ kind: 'asking' });
  const round = useRef(0);

  const during = async <T>(state: ImportState, act: () => Promise<T>): Promise<{ readonly value: T } | null> => {
    const thisRound = ++round.current;
    setState(state);
    try {
      const value = await act();
      return thisRound === round.current ? { value } : null;
    } catch (error) {
      if (thisRound === round.current) setState({ kind: 'failed', error: toErrorData(error) });
      return null;
    }
  };
  return {
    state,
    check: async (path) => {
      const checked = await during({ kind: 'checking' }, () => client.request('model.check', { path }));
      if (checked !== null) setState({ kind: 'checked', result: checked.value });
    },
    add: async (path, projectorPath) => {
      const params = { path, projectorPath: projectorPath === '' ? null : projectorPath };
      const added = await during({ kind: 'adding' }, () => client.request('model.import', params));
      if (added === null) return false;
      void switchTo(added.value.id);
      return true;
    },
    reset: () => {
      round.current += 1;
      setState({ kind: 'asking' });
    },
  };
}
