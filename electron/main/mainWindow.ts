import { BrowserWindow, nativeTheme, screen, type WebPreferences } from 'electron';
import { appPage } from './appScheme.ts';
import type { FaultLog } from './crashes.ts';
import { firstWindow, readWindowState, smallestWindow, writeWindowState } from './windowState.ts';

/** Background until the page has painted, as in renderer/styles/tokens.css. */
const backgrounds = { light: '#ffffff', dark: '#1d1b19' };

export interface MainWindowOptions {
  readonly preload: string;
  /** Where the window's place is kept. */
  readonly stateFile: string;
  readonly developerTools: boolean;
  readonly log: FaultLog;
}

/** Written out in full, defaults included, so that neither an upgrade nor an edit can loosen one unseen. */
function pagePreferences({ preload, developerTools }: Pick<MainWindowOptions, 'preload' | 'developerTools'>): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    enableBlinkFeatures: '',
    webviewTag: false,
    plugins: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: true,
    devTools: developerTools,
  };
}

/** Opens the app's window where it was last, and keeps its place. It shows itself when the page has painted. */
export function openMainWindow(options: MainWindowOptions): BrowserWindow {
  const state = readWindowState(
    options.stateFile,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...(state.bounds ?? firstWindow),
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: 'Facet',
    backgroundColor: nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
    webPreferences: pagePreferences(options),
  });
  window.once('ready-to-show', () => {
    if (state.maximized) window.maximize();
    window.show();
  });
  window.on('close', () => {
    try {
      writeWindowState(options.stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
    } catch (error) {
      // A full disk must not keep the window from closing.
      options.log(`the window's place was not kept: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  // A page that cannot load is reported by the crash handling; there is nothing to wait for here.
  void window.loadURL(appPage).catch(() => undefined);
  return window;
}
