import { expect, test } from 'vitest';
import { folderRefusalText } from '../../../electron/shared/folderRefusalText.ts';
import { folderLimits, takeFolder } from '../../../electron/shared/folderRules.ts';

const file = (path: string, bytes = 1) => ({ path, bytes });

test('files are taken in the order of their names, numbers as numbers, and hidden ones are left out at any depth', () => {
  const taken = takeFolder([file('b/10.pdf'), file('b/9.pdf'), file('a.txt'), file('.git/config'), file('b/.x'), file('Thumbs.db')]);
  expect(taken).toEqual([file('a.txt'), file('b/9.pdf'), file('b/10.pdf')]);
});

test('nothing is taken of a folder over a limit, and each limit is said', () => {
  const many = Array.from({ length: folderLimits.files + 1 }, (_, index) => file(`${String(index)}.txt`));
  const deep = (folders: number) => file(`${'f/'.repeat(folders)}x.txt`);
  expect(takeFolder(many.slice(1))).toHaveLength(folderLimits.files);
  expect(takeFolder(many)).toEqual({ kind: 'tooManyFiles' });
  expect(takeFolder([deep(folderLimits.depth)])).toHaveLength(1);
  expect(takeFolder([deep(folderLimits.depth + 1)])).toEqual({ kind: 'tooDeep' });
  expect(takeFolder([file('a', folderLimits.bytes)])).toHaveLength(1);
  const tooLarge = takeFolder([file('a', folderLimits.bytes), file('b')]);
  expect(tooLarge).toEqual({ kind: 'tooLarge', bytes: folderLimits.bytes + 1 });
  expect(takeFolder([file('.hidden')])).toEqual({ kind: 'empty' });
  if ('kind' in tooLarge) expect(folderRefusalText(tooLarge)).toBe('the folder’s files are 2.1 GB, and at most 2.1 GB are taken at once');
});
