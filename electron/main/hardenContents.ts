import type { WebContents } from 'electron';
import { isAppUrl } from './appScheme.ts';
import type { LinkOpener } from './openExternal.ts';

/** What a page may do is show itself. Applied to every WebContents that comes to be, whoever made it. */
export function hardenContents(contents: WebContents, openLink: LinkOpener): void {
  contents.on('will-navigate', (details) => {
    if (!isAppUrl(details.url)) details.preventDefault();
  });
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !isAppUrl(details.url)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => {
    if (!isAppUrl(details.url)) details.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    void openLink(url);
    return { action: 'deny' };
  });
}
