import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { menuTemplate } from '../../../electron/main/applicationMenu.ts';
import { contextTemplate } from '../../../electron/main/contextMenu.ts';

vi.mock('electron', () => import('../../fakes/electron.ts'));

const roles = (items: readonly MenuItemConstructorOptions[]): string[] =>
  items.flatMap(({ role, submenu }) => [...(role === undefined ? [] : [role]), ...(Array.isArray(submenu) ? roles(submenu) : [])]);
const labels = (items: readonly MenuItemConstructorOptions[]): string[] =>
  items.map(({ label, role, type }) => label ?? role ?? type ?? '');

describe('the menu bar', () => {
  it.each(['linux', 'win32', 'darwin'] as const)('has editing and zoom on %s', (platform) => {
    expect(roles(menuTemplate({ platform, developerTools: false }))).toEqual(
      expect.arrayContaining(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'zoomIn', 'zoomOut', 'resetZoom']),
    );
  });
  it('offers developer tools in a checkout only', () => {
    expect(roles(menuTemplate({ platform: 'linux', developerTools: false }))).not.toContain('toggleDevTools');
    expect(roles(menuTemplate({ platform: 'linux', developerTools: false }))).not.toContain('reload');
    expect(roles(menuTemplate({ platform: 'linux', developerTools: true }))).toContain('toggleDevTools');
  });
  it("has the app's own menu on macOS", () => {
    expect(roles(menuTemplate({ platform: 'darwin', developerTools: false }))).toContain('appMenu');
    expect(roles(menuTemplate({ platform: 'linux', developerTools: false }))).not.toContain('appMenu');
  });
});

describe('the context menu', () => {
  const nothing = {
    misspelledWord: '',
    dictionarySuggestions: [],
    isEditable: false,
    selectionText: '',
    linkURL: '',
    editFlags: { canCut: true, canCopy: true, canPaste: true, canSelectAll: true } as ContextMenuParams['editFlags'],
  };
  const actions = { replaceMisspelling: vi.fn(), addToDictionary: vi.fn(), copyText: vi.fn() };
  const shown = (params: Partial<ContextMenuParams>): string[] => labels(contextTemplate({ ...nothing, ...params }, actions));

  it('is not there where nothing applies', () => expect(shown({})).toEqual([]));
  it('copies a selection', () => expect(shown({ selectionText: 'word' })).toEqual(['copy']));
  it('edits a field', () => expect(shown({ isEditable: true })).toEqual(['cut', 'copy', 'paste', 'selectAll']));
  it('copies links that could be opened, and no others', () => {
    expect(shown({ linkURL: 'https://example.org/' })).toEqual(['Copy link']);
    expect(shown({ linkURL: 'javascript:alert(1)' })).toEqual([]);
  });
  it('offers spellings', () => {
    const params = { isEditable: true, misspelledWord: 'wrod', dictionarySuggestions: ['word', 'rod', 'wood', 'wrote', 'ward', 'world'] };
    expect(shown(params)).toEqual([
      'word',
      'rod',
      'wood',
      'wrote',
      'ward',
      'separator',
      'Add to dictionary',
      'separator',
      'cut',
      'copy',
      'paste',
      'selectAll',
    ]);
    const [word, , , , , , add] = contextTemplate({ ...nothing, ...params }, actions);
    (word?.click as () => void)();
    expect(actions.replaceMisspelling).toHaveBeenCalledWith('word');
    (add?.click as () => void)();
    expect(actions.addToDictionary).toHaveBeenCalledWith('wrod');
  });
  it('has no spellings for a word that has none', () =>
    expect(shown({ isEditable: true, misspelledWord: 'xqzt', dictionarySuggestions: [] })[0]).toBe('Add to dictionary'));
});
