import { useCallback } from 'react';
import { toErrorData } from '../../electron/shared/errors.ts';
import { sentence } from '../state/sentence.ts';
import { useFacet } from '../state/useFacet.ts';

/** On a wide window the choice is a setting and is remembered; on a narrow one it is an overlay. */
export function useToggleSidebar(narrow: boolean): () => void {
  const { client, stores, view } = useFacet();
  return useCallback(() => {
    if (narrow) {
      view.showSidebarOverlay(!stores.view.getState().sidebarOverlay);
      return;
    }
    const open = stores.app.getState().app?.settings.sidebarOpen ?? true;
    client
      .request('settings.update', { patch: { sidebarOpen: !open } })
      .catch((error: unknown) => view.notify(sentence(toErrorData(error))));
  }, [client, narrow, stores, view]);
}
