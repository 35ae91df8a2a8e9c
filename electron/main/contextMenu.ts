import { clipboard, type ContextMenuParams, Menu, type MenuItemConstructorOptions, type WebContents } from 'electron';
import { vetLink } from './vetLink.ts';

/** Most spelling suggestions shown. */
const suggestionsShown = 5;

/** What the context menu asks for beyond Electron's roles. */
interface ContextActions {
  replaceMisspelling(word: string): void;
  addToDictionary(word: string): void;
  copyText(text: string): void;
}

/** Shows cut, copy, paste and spelling where they apply. */
export function showContextMenu(contents: WebContents): void {
  contents.on('context-menu', (_event, params) => {
    const template = contextTemplate(params, {
      replaceMisspelling: (word) => contents.replaceMisspelling(word),
      addToDictionary: (word) => void contents.session.addWordToSpellCheckerDictionary(word),
      copyText: (text) => void clipboard.writeText(text),
    });
    if (template.length > 0) Menu.buildFromTemplate(template).popup();
  });
}

/** The entries for what lies under the pointer; empty when nothing applies. */
export function contextTemplate(
  params: Pick<ContextMenuParams, 'misspelledWord' | 'dictionarySuggestions' | 'isEditable' | 'selectionText' | 'editFlags' | 'linkURL'>,
  actions: ContextActions,
): MenuItemConstructorOptions[] {
  const { misspelledWord, dictionarySuggestions, isEditable, selectionText, editFlags, linkURL } = params;
  const groups: MenuItemConstructorOptions[][] = [];
  if (isEditable && misspelledWord !== '') {
    groups.push(
      dictionarySuggestions.slice(0, suggestionsShown).map((word) => ({ label: word, click: () => actions.replaceMisspelling(word) })),
      [{ label: 'Add to dictionary', click: () => actions.addToDictionary(misspelledWord) }],
    );
  }
  // Only addresses that could also be opened: others have no place to be pasted.
  const link = linkURL === '' ? null : vetLink(linkURL);
  if (link?.kind === 'ask') groups.push([{ label: 'Copy link', click: () => actions.copyText(link.url) }]);
  if (isEditable) {
    groups.push([
      { role: 'cut', enabled: editFlags.canCut },
      { role: 'copy', enabled: editFlags.canCopy },
      { role: 'paste', enabled: editFlags.canPaste },
      { role: 'selectAll', enabled: editFlags.canSelectAll },
    ]);
  } else if (selectionText.trim() !== '') groups.push([{ role: 'copy' }]);
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : [{ type: 'separator' as const }, ...group]));
}
