import { type BrowserWindow, dialog, shell } from 'electron';
import { vetLink } from './vetLink.ts';

/** Opens a link outside of Facet if it passes the rules and the user says so. Never throws. */
export type LinkOpener = (url: string) => Promise<void>;

/** The only way out of Facet for a link. One question at a time: a page that asks in a loop is not heard. */
export function createLinkOpener(window: () => BrowserWindow | null): LinkOpener {
  let asking = false;
  return async (text) => {
    const parent = window();
    if (asking || parent === null) return;
    asking = true;
    try {
      const verdict = vetLink(text);
      if (verdict.kind === 'refused') {
        await dialog.showMessageBox(parent, {
          type: 'warning',
          message: 'Facet does not open this link',
          detail: `${verdict.reason[0]?.toUpperCase() ?? ''}${verdict.reason.slice(1)}.`,
          buttons: ['OK'],
        });
        return;
      }
      const { response } = await dialog.showMessageBox(parent, {
        type: 'question',
        message: `Open ${verdict.host}?`,
        detail: `${verdict.url}\n\nIt opens outside of Facet. The address may carry information to that site.`,
        buttons: ['Cancel', 'Open'],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      });
      if (response === 1) await shell.openExternal(verdict.url);
    } catch (error) {
      dialog.showErrorBox('The link could not be opened', error instanceof Error ? error.message : String(error));
    } finally {
      asking = false;
    }
  };
}
