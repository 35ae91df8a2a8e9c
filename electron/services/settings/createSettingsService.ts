import type { Database } from '../database/openDatabase.ts';
import { type Settings, defaultSettings } from '../../shared/settings.ts';
import type { Emit } from '../emit.ts';

export interface SettingsService {
  current(): Settings;
  /** Stores the fields of the patch and announces the whole. */
  update(patch: Partial<Settings>): Settings;
}

/** Settings in the database, one row per field, so that a field added later takes its default. */
export function createSettingsService({ database, emit }: { readonly database: Database; readonly emit: Emit }): SettingsService {
  const readAll = database.prepare<[], { key: string; value: string }>('SELECT key, value FROM settings');
  const write = database.prepare<[string, string]>(
    'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  // Read each time: another run on the same folder may have changed them.
  const current = (): Settings => {
    const known = readAll.all().filter(({ key }) => Object.hasOwn(defaultSettings, key));
    const stored = Object.fromEntries(known.map(({ key, value }) => [key, JSON.parse(value) as unknown])) as Partial<Settings>;
    return { ...defaultSettings, ...stored, sampling: { ...defaultSettings.sampling, ...stored.sampling } };
  };
  return {
    current,
    update: (patch) => {
      database.transaction(() => {
        for (const [key, value] of Object.entries(patch)) write.run(key, JSON.stringify(value));
      })();
      const settings = current();
      emit('settings.changed', { settings });
      return settings;
    },
  };
}
