import { app, type BrowserWindow, dialog, nativeTheme, safeStorage, session } from 'electron';
import { join } from 'node:path';
import { createServices, type Services } from '../services/createServices.ts';
import { dataFolder } from '../services/dataFolder.ts';
import { serveConnection } from '../services/serveConnection.ts';
import { toErrorData } from '../shared/errors.ts';
import { errorText } from '../shared/errorText.ts';
import { setApplicationMenu } from './applicationMenu.ts';
import { createAppResponder } from './appProtocol.ts';
import { appScheme, registerAppScheme } from './appScheme.ts';
import { listBundle } from './bundleFiles.ts';
import { commandLineIn } from './commandLineIn.ts';
import { showContextMenu } from './contextMenu.ts';
import { watchPage, watchProcesses } from './crashes.ts';
import { createChildren } from './createChildren.ts';
import { hardenContents } from './hardenContents.ts';
import { createIpcTransport } from './ipcTransport.ts';
import { openMainWindow } from './mainWindow.ts';
import { createLinkOpener } from './openExternal.ts';
import { cutPageNetwork } from './pageNetwork.ts';
import { denyPermissions } from './permissions.ts';
import { drainBeforeQuit } from './quit.ts';
import { argumentAfter, resourcesFolder } from './startFacts.ts';
import { createSystemSealer } from './systemSealer.ts';
import { showWorkInTaskBar } from './taskBar.ts';

const log = (line: string): void => void process.stderr.write(`facet: ${line}\n`);

// Both before the app is ready: later calls would do nothing.
app.enableSandbox();
registerAppScheme();

const command = commandLineIn(process.argv, app.isPackaged);
const folder = dataFolder(argumentAfter('--data', process.argv));
// Chromium's own files, apart from Facet's; the lock of the single instance goes by this folder.
app.setPath('userData', join(folder, command === null ? 'window' : 'terminal'));

let window: BrowserWindow | null = null;
const openLink = createLinkOpener(() => window);

if (command !== null) {
  // A terminal may have no display, and a command shows nothing on one.
  app.commandLine.appendSwitch('ozone-platform', 'headless');
  app.disableHardwareAcceleration();
  void import('./terminal.ts').then(({ runInTerminal }) => runInTerminal(command)).catch(failInTerminal);
} else if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('web-contents-created', (_event, contents) => {
    hardenContents(contents, openLink);
    showContextMenu(contents);
  });
  watchProcesses(log);
  void app.whenReady().then(start).catch(fail);
} else app.quit();

async function start(): Promise<void> {
  const developerTools = !app.isPackaged;
  const { defaultSession } = session;
  denyPermissions(defaultSession);
  cutPageNetwork(defaultSession, developerTools);
  defaultSession.protocol.handle(appScheme, createAppResponder(await listBundle(join(import.meta.dirname, 'renderer'))));
  setApplicationMenu({ platform: process.platform, developerTools });

  const services = await openServices();
  followTheme(services);
  showWorkInTaskBar(services, () => window);
  const transport = createIpcTransport({ page: () => window?.webContents ?? null, serve: (port) => void serveConnection(services, port) });
  drainBeforeQuit(async () => {
    transport.close();
    await services.close();
  }, log);

  const open = (): void => {
    const opened = openMainWindow({
      preload: join(import.meta.dirname, 'preload.cjs'),
      stateFile: join(folder, 'window.json'),
      developerTools,
      log,
    });
    window = opened;
    opened.on('closed', () => {
      window = null;
    });
    watchPage(opened, log);
  };
  app.on('activate', () => {
    if (window === null) open();
  });
  open();
}

function openServices(): Promise<Services> {
  const resources = resourcesFolder(app, process.env);
  return createServices({
    dataFolder: folder,
    resourcesFolder: resources,
    starter: createChildren(resources),
    host: 'electron',
    version: app.getVersion(),
    pathsAllowed: true,
    sealer: createSystemSealer(safeStorage),
  });
}

/** Menus, dialogs and the page's `prefers-color-scheme` follow the theme chosen in the settings. */
function followTheme(services: Services): void {
  nativeTheme.themeSource = services.snapshot().settings.theme;
  services.onEvent((event) => {
    if (event.name === 'settings.changed') nativeTheme.themeSource = event.payload.settings.theme;
  });
}

function failInTerminal(error: unknown): void {
  log(error instanceof Error ? error.message : String(error));
  app.exit(1);
}

function fail(error: unknown): void {
  log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const { what, doNext } = errorText(toErrorData(error));
  dialog.showErrorBox('Facet could not start', `${what}\n${doNext}`);
  app.exit(1);
}
