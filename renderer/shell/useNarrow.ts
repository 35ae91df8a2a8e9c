import { useSyncExternalStore } from 'react';

const query = '(max-width: 899px)';

/** True below 900 px, where the side columns lie over the conversation. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}
