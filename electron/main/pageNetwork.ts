import type { Session } from 'electron';
import { isAppUrl } from './appScheme.ts';

/** Schemes of data that the page made itself; they reach nothing. */
const localSchemes = new Set(['blob:', 'data:']);

/**
 * Cuts the page off from every network, beneath its Content-Security-Policy. Facet's own downloads run outside of any page.
 * @param developerTools lets the developer tools load their own files
 */
export function cutPageNetwork(session: Session, developerTools: boolean): void {
  session.webRequest.onBeforeRequest(({ url }, callback) => callback({ cancel: !isLocal(url, developerTools) }));
  session.on('will-download', (event, item) => {
    // Exports are made in the page; anything else would come from outside.
    if (!item.getURL().startsWith('blob:app://bundle/')) event.preventDefault();
  });
  // Chromium fetches spelling dictionaries from a public server unless told otherwise. Ones put into the profile by hand still work.
  session.setSpellCheckerDictionaryDownloadURL('app://bundle/spelling/');
}

function isLocal(address: string, developerTools: boolean): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol } = new URL(address);
  return isAppUrl(address) || localSchemes.has(protocol) || (developerTools && protocol === 'devtools:');
}
