import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { filesInFolder } from '../../../electron/headless/commands/filesInFolder.ts';
import { toErrorData } from '../../../electron/shared/errors.ts';

const root = mkdtempSync(path.join(tmpdir(), 'facet-folder-'));
afterAll(() => rmSync(root, { recursive: true }));

it('lists the files of a folder, and says that one has none', async () => {
  mkdirSync(path.join(root, 'bills', 'may'), { recursive: true });
  writeFileSync(path.join(root, 'bills', 'may', 'a.txt'), 'a');
  mkdirSync(path.join(root, 'none'));
  expect(await filesInFolder(path.join(root, 'bills'))).toEqual([path.join(root, 'bills', 'may', 'a.txt')]);
  expect(await filesInFolder(path.join(root, 'bills', 'may', 'a.txt'))).toBeNull();
  const refused = await filesInFolder(path.join(root, 'none')).catch(toErrorData);
  expect(refused).toMatchObject({ code: 'fileUnreadable', details: { reason: 'the folder holds no files', folder: 'nothingInIt' } });
});
