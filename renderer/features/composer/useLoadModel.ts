import { useCallback, useState } from 'react';
import { toErrorData } from '../../../electron/shared/errors.ts';
import { sentence } from '../../state/sentence.ts';
import { useFacet } from '../../state/useFacet.ts';

/** Makes another model the chosen one and loads it; resolves to whether that worked. */
export function useLoadModel(): { readonly loading: boolean; readonly load: (id: string) => Promise<boolean> } {
  const { client, view } = useFacet();
  const [loading, setLoading] = useState(false);
  const load = useCallback(
    async (id: string): Promise<boolean> => {
      setLoading(true);
      try {
        await client.request('settings.update', { patch: { modelId: id } });
        await client.request('model.load', { id });
        return true;
      } catch (error) {
        view.notify(sentence(toErrorData(error)));
        return false;
      } finally {
        setLoading(false);
      }
    },
    [client, view],
  );
  return { loading, load };
}
