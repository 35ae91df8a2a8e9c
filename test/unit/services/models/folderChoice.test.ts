import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { followFolderPath, writeFolderChoice } from '../../../../electron/services/models/folderChoice.ts';

let dataFolder: string;
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'facet-choice-'));
});
afterEach(() => rmSync(dataFolder, { recursive: true }));

test('the path is the usual one, and follows every choice that is written, by whichever run', () => {
  const path = followFolderPath(dataFolder);
  expect(path()).toBe(join(dataFolder, 'models'));
  for (const chosen of ['/first', '/other', '/first']) {
    writeFolderChoice(dataFolder, { path: chosen, movingTo: null, leftAt: null });
    expect([path(), path()]).toEqual([chosen, chosen]);
  }
  rmSync(join(dataFolder, 'models-folder.json'));
  expect(path()).toBe(join(dataFolder, 'models'));
});
