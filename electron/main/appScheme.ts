import { protocol } from 'electron';

/** The page's scheme and its only host. */
export const appScheme = 'app';
const appOrigin = 'app://bundle';
export const appPage = `${appOrigin}/index.html`;

/**
 * Makes `app:` a real origin. Must run before the app is ready.
 * `corsEnabled` and `bypassCSP` stay off: no other page may read it, and its own policy binds it.
 */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** True for addresses of the page's own origin, and nothing that merely looks like it. */
export function isAppUrl(address: string): boolean {
  // `URL.origin` is "null" for schemes that Node does not know, so the parts are compared.
  if (!URL.canParse(address)) return false;
  const { protocol: scheme, host, username, password } = new URL(address);
  return scheme === `${appScheme}:` && host === 'bundle' && username === '' && password === '';
}
