import { useEffect } from 'react';
import { useFacet } from '../../state/useFacet.ts';
import { useModelActions } from './useModelActions.ts';
import { arrivedModels } from './arrivedModels.ts';

/** When a download ends: the chosen model is loaded at once if nothing else is in memory, any other is offered. */
export function useArrivedModels(): void {
  const { stores, view } = useFacet();
  const { load, switchTo } = useModelActions();
  useEffect(
    () =>
      stores.app.subscribe(({ app }, before) => {
        if (app === null || before.app === null || app.models === before.app.models) return;
        for (const model of arrivedModels(before.app.models, app.models)) {
          if (app.engine.kind === 'idle' && app.settings.modelId === model.id) void load(model.id);
          else view.notify(`${model.name} is downloaded.`, { label: 'Use it', run: () => void switchTo(model.id) });
        }
      }),
    [stores, view, load, switchTo],
  );
}
