import type { Session } from 'electron';
import { isAppUrl } from './appScheme.ts';

/** The one permission the page has: its Copy buttons write plain text and checked HTML to the clipboard. */
const allowedPermission = 'clipboard-sanitized-write';

/** Denies every permission, device and screen capture, in all of Electron's separate ways to ask for them. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(permission === allowedPermission && details.isMainFrame && isAppUrl(details.requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin, details) =>
      permission === allowedPermission && details.isMainFrame && isAppUrl(requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null));
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }));
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses);
}
