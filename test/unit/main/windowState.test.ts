import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readWindowState, writeWindowState } from '../../../electron/main/windowState.ts';

const folder = mkdtempSync(join(tmpdir(), 'facet-window-'));
const file = join(folder, 'window.json');
const displays = [
  { x: 0, y: 0, width: 1920, height: 1040 },
  { x: 1920, y: 0, width: 1280, height: 1000 },
];
afterAll(() => rmSync(folder, { recursive: true }));

describe('the window is where it was', () => {
  it.each([
    [{ bounds: { x: 100, y: 50, width: 900, height: 700 }, maximized: false }],
    [{ bounds: { x: 2000, y: 0, width: 1000, height: 800 }, maximized: true }],
    [{ bounds: null, maximized: true }],
  ])('keeps %o', (state) => {
    writeWindowState(file, state);
    expect(readWindowState(file, displays)).toEqual(state);
    expect(existsSync(`${file}.new`)).toBe(false);
  });

  it.each([
    ['on a display that is gone', { x: 4000, y: 0, width: 900, height: 700 }],
    ['above every display', { x: 100, y: -400, width: 900, height: 700 }],
    ['below the reach of a pointer', { x: 100, y: 1030, width: 900, height: 700 }],
    ['with a corner alone on a display', { x: -870, y: 100, width: 900, height: 700 }],
    ['too small', { x: 0, y: 0, width: 10, height: 700 }],
    ['not whole', { x: 0.5, y: 0, width: 900, height: 700 }],
    ['not numbers', { x: '0', y: 0, width: 900, height: 700 }],
  ])('forgets a place %s', (_why, bounds) => {
    writeFileSync(file, JSON.stringify({ bounds, maximized: false }));
    expect(readWindowState(file, displays)).toEqual({ bounds: null, maximized: false });
  });

  it.each(['', 'null', '[]', '{"bounds":', '7', '{"maximized":"yes"}'])('survives a file that says %j', (text) => {
    writeFileSync(file, text);
    expect(readWindowState(file, displays)).toEqual({ bounds: null, maximized: false });
  });

  it('has a first time', () => expect(readWindowState(join(folder, 'none.json'), displays)).toEqual({ bounds: null, maximized: false }));
});
