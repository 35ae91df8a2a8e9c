/** One line of the shortcuts dialog. `keys` in the notation of Kbd, with `Mod` for Ctrl or ⌘. */
export interface ShortcutHelp {
  readonly keys: string;
  readonly does: string;
}

export const shortcutHelp: readonly { readonly group: string; readonly shortcuts: readonly ShortcutHelp[] }[] = [
  {
    group: 'Everywhere',
    shortcuts: [
      { keys: 'Mod N', does: 'New chat' },
      { keys: 'Mod Shift N', does: 'New private chat' },
      { keys: 'Mod K', does: 'Search everything' },
      { keys: 'Mod O', does: 'Attach a picture or a document' },
      { keys: 'Mod M', does: 'Models' },
      { keys: 'Mod B', does: 'Show or hide chats' },
      { keys: 'Mod E', does: 'Show or hide evidence' },
      { keys: 'Mod ,', does: 'Settings' },
      { keys: 'F6', does: 'Next column' },
      { keys: '?', does: 'This list' },
    ],
  },
  {
    group: 'Writing',
    shortcuts: [
      { keys: 'Enter', does: 'Send' },
      { keys: 'Shift Enter', does: 'New line' },
      { keys: '↑', does: 'Edit your last message, when nothing is typed' },
      { keys: 'Esc', does: 'Stop the answer, then close what is open' },
    ],
  },
];

/** Keys as written on this system's keyboards. `platform` as Node names it. */
export function writtenKeys(keys: string, platform: string | undefined): string {
  return keys.replace('Mod', platform === 'darwin' ? '⌘' : 'Ctrl');
}

export function shortcutLabel(key: string, platform: string | undefined): string {
  return writtenKeys(`Mod ${key}`, platform);
}
