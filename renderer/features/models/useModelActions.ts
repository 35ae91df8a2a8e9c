import { useMemo } from 'react';
import { type ErrorData, toErrorData } from '../../../electron/shared/errors.ts';
import type { Requests } from '../../../electron/shared/contract.ts';
import type { Model } from '../../../electron/shared/models.ts';
import { sentence } from '../../state/sentence.ts';
import { useFacet } from '../../state/useFacet.ts';
import type { UndoOffers } from '../../state/useUndoNote.tsx';

/** What can be done with models. Failures that no card shows become a notice; nothing rejects. */
export interface ModelActions {
  /** Makes it the model Facet starts with and loads it. A failed load shows as the engine's state. */
  readonly switchTo: (id: string) => Promise<void>;
  readonly load: (id: string) => Promise<void>;
  readonly unload: () => Promise<void>;
  /** Ends the engine's process, which does nothing any more, and loads the model again. */
  readonly restart: () => Promise<void>;
  /** Begins or resumes. Its failure shows as the model's state. */
  readonly download: (id: string) => Promise<void>;
  readonly pause: (id: string) => Promise<void>;
  /** Takes it away and offers Undo. */
  readonly remove: (model: Pick<Model, 'id' | 'name'>, offer: UndoOffers['offer']) => Promise<void>;
  /** Deletes what was received of a download that is not wanted any more. */
  readonly discard: (id: string) => Promise<void>;
  readonly goOnline: () => Promise<void>;
  /** Makes the context of the settings smaller, so that a model fits. */
  readonly setContext: (contextTokens: number) => Promise<void>;
  /** Makes it the model to load once its download ends. */
  readonly choose: (id: string) => Promise<void>;
  readonly acceptTerms: () => Promise<void>;
}

export function useModelActions(): ModelActions {
  const { client, view, stores } = useFacet();
  return useMemo(() => {
    const attempt = async <K extends keyof Requests>(
      name: K,
      params: Requests[K]['params'],
      isShown: (error: ErrorData) => boolean = () => false,
    ): Promise<boolean> => {
      try {
        await client.request(name, params);
        return true;
      } catch (error) {
        const data = toErrorData(error);
        if (data.code !== 'cancelled' && !isShown(data)) view.notify(sentence(data));
        return false;
      }
    };
    const appState = () => stores.app.getState().app;
    const load = async (id: string): Promise<void> => {
      await attempt('model.load', { id }, () => appState()?.engine.kind === 'failed');
    };
    const choose = async (id: string): Promise<void> => {
      await attempt('settings.update', { patch: { modelId: id } });
    };
    const restore = async (id: string): Promise<void> => {
      await attempt('model.restore', { id });
    };
    return {
      load,
      choose,
      switchTo: async (id) => {
        const before = appState()?.settings.modelId ?? null;
        await choose(id);
        const loaded = await attempt('model.load', { id }, () => appState()?.engine.kind === 'failed');
        // Stopped while it was loaded: what was chosen before answers the next question.
        if (!loaded && appState()?.engine.kind === 'idle' && before !== null) await choose(before);
      },
      unload: async () => {
        await attempt('model.unload', {});
      },
      restart: async () => {
        await attempt('engine.restart', {});
      },
      download: async (id) => {
        await attempt('model.download', { id }, () => appState()?.models.find((model) => model.id === id)?.state.kind === 'failed');
      },
      pause: async (id) => {
        await attempt('model.pause', { id });
      },
      remove: async ({ id, name }, offer) => {
        if (await attempt('model.remove', { id })) offer(`Removed ${name}.`, () => void restore(id));
      },
      discard: async (id) => {
        await attempt('model.remove', { id });
      },
      goOnline: async () => {
        await attempt('settings.update', { patch: { offline: false } });
      },
      setContext: async (contextTokens) => {
        await attempt('settings.update', { patch: { contextTokens } });
      },
      acceptTerms: async () => {
        await attempt('settings.update', { patch: { termsAccepted: true } });
      },
    };
  }, [client, view, stores]);
}
