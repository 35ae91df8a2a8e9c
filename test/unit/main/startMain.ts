import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { Services } from '../../../electron/services/createServices.ts';
import { defaultSettings } from '../../../electron/shared/settings.ts';
import { appEvents, sessionEvents, windows, world } from '../../fakes/electron.ts';
import { eventually } from '../../fakes/eventually.ts';

/** What the started main process was given and made. */
export interface StartedMain {
  readonly folder: string;
  readonly rendererFolder: string;
  readonly serviceOptions: unknown[];
  readonly served: unknown[];
  readonly closes: number[];
}

/**
 * Runs main.ts as Electron would, on the fake `electron`, with services that only remember. The test file mocks `electron`,
 * `createServices` and `serveConnection` first.
 */
export async function startMain(): Promise<StartedMain> {
  const folder = mkdtempSync(join(tmpdir(), 'facet-main-'));
  vi.stubEnv('FACET_DATA', folder);
  await import('../../../electron/main/main.ts');
  world.becomeReady();
  await eventually(() => {
    if (windows.length === 0) throw new Error('No window yet');
  });
  return { folder, ...recordings };
}

/** What the mocked services recorded. */
export const recordings = {
  rendererFolder: makePage(),
  serviceOptions: [] as unknown[],
  served: [] as unknown[],
  closes: [] as number[],
};

export const rememberingServices = {
  handlers: {},
  onEvent: () => () => undefined,
  snapshot: () => ({ settings: { ...defaultSettings, theme: 'dark' } }),
  close: () => {
    recordings.closes.push(Date.now());
    return Promise.resolve();
  },
} as unknown as Services;

export { appEvents, sessionEvents, windows };

function makePage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'facet-page-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><meta name="csp-nonce" content="FACET_CSP_NONCE" />');
  writeFileSync(join(folder, 'assets', 'main-a1b2c3d4.js'), 'export {};');
  return folder;
}
