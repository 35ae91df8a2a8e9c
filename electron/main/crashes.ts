import { app, type BrowserWindow, dialog } from 'electron';

/** A page that dies more often than this within the window is not reloaded by itself any more. */
const reloads = { most: 3, windowMs: 60_000 };

/** Writes one line about a fault. */
export type FaultLog = (line: string) => void;

/** Notes the death of any process of Electron's. The children's own supervisors restart them. */
export function watchProcesses(log: FaultLog): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode, serviceName }) => {
    if (reason !== 'clean-exit') log(`${serviceName ?? type} is gone: ${reason}, code ${exitCode}`);
  });
}

/** Brings a dead page back. Nothing is lost with it: chats, drafts sent and running answers live in the host. */
export function watchPage(window: BrowserWindow, log: FaultLog, now: () => number = Date.now): void {
  let deaths: readonly number[] = [];
  const { webContents } = window;
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log(`the window's process is gone: ${reason}, code ${exitCode}`);
    deaths = [...deaths.filter((time) => now() - time < reloads.windowMs), now()];
    if (deaths.length <= reloads.most) webContents.reload();
    else void offerReload(window, () => webContents.reload());
  });
  webContents.on('preload-error', (_event, _path, error) => log(`the preload failed: ${error.message}`));
  webContents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
    if (isMainFrame) log(`the page did not load: ${description} (${code}) ${url}`);
  });
}

async function offerReload(window: BrowserWindow, reload: () => void): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window stopped working several times',
    detail: 'Your chats are safe. Answers that were being written go on.',
    buttons: ['Reload', 'Quit'],
    defaultId: 0,
    cancelId: 1,
  });
  if (response === 0) reload();
  else app.quit();
}
