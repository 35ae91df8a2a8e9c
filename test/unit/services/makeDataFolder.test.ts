import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDataFolder } from '../../../electron/services/makeDataFolder.ts';
import { FacetError } from '../../../electron/shared/errors.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'data-folder-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function reasonOf(path: string): string {
  try {
    makeDataFolder(path);
  } catch (error) {
    if (error instanceof FacetError && error.data.code === 'diskFailed') return error.data.details.reason;
    throw error;
  }
  return 'made';
}

describe('makeDataFolder', () => {
  it('makes every folder of the path, for this user alone', () => {
    const path = join(folder, 'a', 'b');
    expect(reasonOf(path)).toBe('made');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  it('takes a folder that is there as it is', () => {
    mkdirSync(join(folder, 'here'), { mode: 0o755 });
    expect(reasonOf(join(folder, 'here'))).toBe('made');
  });

  it('refuses a file, and a path through a file, in one plain sentence', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(reasonOf(file)).toContain('it is a file');
    expect(reasonOf(join(file, 'data'))).toContain('is a file');
  });

  it.runIf(process.platform === 'linux')('ends where the system says "not found" for a new folder', () => {
    expect(reasonOf('/proc/facet-data')).toContain('cannot be the data folder');
  });
});
