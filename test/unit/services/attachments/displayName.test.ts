import { expect, it } from 'vitest';
import { displayName } from '../../../../electron/services/attachments/displayName.ts';

it.each([
  ['/home/me/a.png', 'a.png'],
  ['C:\\Users\\me\\a.png', 'a.png'],
  ['..\\..\\x', 'x'],
  ['folder/', 'folder'],
  ['', 'file'],
  ['/', 'file'],
  ['\u202egnp.exe', 'gnp.exe'],
  ['a\u0000\nb.txt', 'ab.txt'],
  ['\ud800.png', '\ufffd.png'],
  ['日本.pdf', '日本.pdf'],
])('makes %j %j', (raw, name) => expect(displayName(raw)).toBe(name));

it('keeps the end of a long name', () => {
  const name = displayName(`${'x'.repeat(500)}.final.pdf`);
  expect(name.length).toBeLessThanOrEqual(200);
  expect(name.endsWith('.final.pdf')).toBe(true);
});
