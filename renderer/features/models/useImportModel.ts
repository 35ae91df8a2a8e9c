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

export interface ImportedFile {
  readonly path: string;
  /** Empty lets Facet look beside the file. */
  readonly projectorPath: string;
  readonly copy: boolean;
}

export interface ImportModel {
  readonly state: ImportState;
  readonly check: (path: string) => Promise<void>;
  /** Adds the file and begins to use it, unless it only searches; true when it is in the list. */
  readonly add: (file: ImportedFile) => Promise<boolean>;
  /** Stops what is being added; nothing of it stays. */
  readonly cancel: () => void;
  /** Back to the question; an answer still on its way is ignored. */
  readonly reset: () => void;
}

export function useImportModel(): ImportModel {
  const { client } = useFacet();
  const { switchTo } = useModelActions();
  const [state, setState] = useState<ImportState>({ kind: 'asking' });
  const round = useRef(0);
  const controller = useRef<AbortController | null>(null);

  const during = async <T>(state: ImportState, act: () => Promise<T>): Promise<{ readonly value: T } | null> => {
    const thisRound = ++round.current;
    setState(state);
    try {
      const value = await act();
      return thisRound === round.current ? { value } : null;
    } catch (error) {
      const data = toErrorData(error);
      if (thisRound === round.current) setState(data.code === 'cancelled' ? { kind: 'asking' } : { kind: 'failed', error: data });
      return null;
    }
  };
  return {
    state,
    check: async (path) => {
      const checked = await during({ kind: 'checking' }, () => client.request('model.check', { path }));
      if (checked !== null) setState({ kind: 'checked', result: checked.value });
    },
    cancel: () => controller.current?.abort(),
    add: async ({ path, projectorPath, copy }) => {
      controller.current = new AbortController();
      const { signal } = controller.current;
      const params = { path, projectorPath: projectorPath === '' ? null : projectorPath, copy };
      const added = await during({ kind: 'adding' }, () => client.request('model.import', params, signal));
      if (added === null) return false;
      if (added.value.search !== true) void switchTo(added.value.id);
      return true;
    },
    reset: () => {
      round.current += 1;
      setState({ kind: 'asking' });
    },
  };
}
