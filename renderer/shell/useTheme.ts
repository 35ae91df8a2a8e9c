import { useEffect } from 'react';
import { useApp } from '../state/useFacet.ts';

/** Puts the theme of the settings on the document; `system` follows the system as it changes. */
export function useTheme(): void {
  const theme = useApp(({ app }) => app?.settings.theme ?? 'system');
  useEffect(() => {
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = (): void => {
      const dark = theme === 'dark' || (theme === 'system' && system.matches);
      document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
    };
    apply();
    if (theme !== 'system') return undefined;
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [theme]);
}
