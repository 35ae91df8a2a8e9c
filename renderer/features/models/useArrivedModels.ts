import { useEffect } from 'react';
import { useFacet } from '../../state/useFacet.ts';
import { useModelActions } from './useModelActions.ts';
import { arrivedModels, isAwaited } from './arrivedModels.ts';

/** When a download ends: it is loaded at once when nothing could answer so far, else it is offered. */
export function useArrivedModels(): void {
  const { stores, view } = useFacet();
  const { switchTo } = useModelActions();
  useEffect(
    () =>
      stores.app.subscribe(({ app }, before) => {
        if (app === null || before.app === null || app.models === before.app.models) return;
        for (const model of arrivedModels(before.app.models, app.models)) {
          if (isAwaited(model, app)) void switchTo(model.id);
          else view.notify(`${model.name} is downloaded.`, { label: 'Use it', run: () => void switchTo(model.id) });
        }
      }),
    [stores, view, switchTo],
  );
}
