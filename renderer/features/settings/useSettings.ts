import { useCallback } from 'react';
import { toErrorData } from '../../../electron/shared/errors.ts';
import { defaultSettings, type Settings } from '../../../electron/shared/settings.ts';
import { sentence } from '../../state/sentence.ts';
import { useApp, useFacet } from '../../state/useFacet.ts';

export interface EditableSettings {
  readonly settings: Settings;
  /** Saves at once. What the host refuses or cannot store becomes a notice, and the old value stays. */
  readonly update: (patch: Partial<Settings>) => void;
}

export function useSettings(): EditableSettings {
  const { client, view } = useFacet();
  const settings = useApp(({ app }) => app?.settings ?? defaultSettings);
  const update = useCallback(
    (patch: Partial<Settings>) => {
      client.request('settings.update', { patch }).catch((error: unknown) => view.notify(sentence(toErrorData(error))));
    },
    [client, view],
  );
  return { settings, update };
}
