import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';

// Stands in for the `electron` module: `vi.mock('electron', () => import('…/test/fakes/electron.ts'))`. What the code under test sets is recorded
// in `calls` by `object.member`. Members must exist in electron.d.ts to compile, and reading one that is not faked throws.

/** Arguments of every recorded call, oldest first. */
export const calls: { readonly name: string; readonly args: readonly unknown[] }[] = [];

/** Arguments of the calls of one member. */
export function callsOf(name: string): readonly (readonly unknown[])[] {
  return calls.filter((call) => call.name === name).map((call) => call.args);
}

/** The one argument list of a member that must have been called exactly once. */
export function onlyCall(name: string): readonly unknown[] {
  const found = callsOf(name);
  if (found.length !== 1) throw new Error(`${name} was called ${found.length} times`);
  return found[0] ?? [];
}

type Members<T> = Partial<Record<keyof T, unknown>>;

/** Refuses members that the fake lacks, so that a test cannot pass over a call it does not know. */
function strict<T>(name: string, members: Members<T>): T {
  return new Proxy(members, {
    get(target, key) {
      if (key in target || typeof key === 'symbol' || key === 'then') return Reflect.get(target, key) as unknown;
      throw new Error(`The fake of electron has no ${name}.${key}`);
    },
    set(target, key, value) {
      if (!(key in target)) throw new Error(`The fake of electron has no ${name}.${String(key)}`);
      calls.push({ name: `${name}.${String(key)}`, args: [value] });
      return Reflect.set(target, key, value);
    },
  }) as T;
}

/** A function that records its calls. */
function recorded(name: string, answer: (...args: never[]) => unknown = () => undefined): (...args: never[]) => unknown {
  return (...args) => {
    calls.push({ name, args });
    return answer(...args);
  };
}

const listeners = (emitter: EventEmitter) => ({
  on: emitter.on.bind(emitter),
  once: emitter.once.bind(emitter),
  off: emitter.off.bind(emitter),
});

/** What the fake app's environment answers; tests change it. */
export const world = {
  packaged: false,
  /** Index of the button that message boxes answer with. */
  messageBoxAnswer: 0,
  /** Resolves `app.whenReady`. */
  becomeReady: () => {},
};
const ready = new Promise<void>((resolve) => {
  world.becomeReady = resolve;
});

export const appEvents = new EventEmitter();
export const app = strict<Electron.App>('app', {
  ...listeners(appEvents),
  get isPackaged() {
    return world.packaged;
  },
  enableSandbox: recorded('app.enableSandbox'),
  setPath: recorded('app.setPath'),
  requestSingleInstanceLock: recorded('app.requestSingleInstanceLock', () => true),
  whenReady: () => ready,
  quit: recorded('app.quit'),
  exit: recorded('app.exit'),
  commandLine: strict<Electron.CommandLine>('app.commandLine', { appendSwitch: recorded('app.commandLine.appendSwitch') }),
  disableHardwareAcceleration: recorded('app.disableHardwareAcceleration'),
  getAppPath: () => process.cwd(),
  getVersion: () => '0.0.0',
});

export const sessionEvents = new EventEmitter();
const defaultSession = strict<Electron.Session>('session', {
  ...listeners(sessionEvents),
  setPermissionRequestHandler: recorded('session.setPermissionRequestHandler'),
  setPermissionCheckHandler: recorded('session.setPermissionCheckHandler'),
  setDevicePermissionHandler: recorded('session.setDevicePermissionHandler'),
  setDisplayMediaRequestHandler: recorded('session.setDisplayMediaRequestHandler'),
  setBluetoothPairingHandler: recorded('session.setBluetoothPairingHandler'),
  setUSBProtectedClassesHandler: recorded('session.setUSBProtectedClassesHandler'),
  setSpellCheckerDictionaryDownloadURL: recorded('session.setSpellCheckerDictionaryDownloadURL'),
  webRequest: strict<Electron.WebRequest>('session.webRequest', { onBeforeRequest: recorded('session.webRequest.onBeforeRequest') }),
  protocol: strict<Electron.Protocol>('session.protocol', { handle: recorded('session.protocol.handle') }),
});
export const session = strict<typeof Electron.session>('session', { defaultSession });
export const protocol = strict<Electron.Protocol>('protocol', {
  registerSchemesAsPrivileged: recorded('protocol.registerSchemesAsPrivileged'),
});

/** A WebContents with the page of an address in its main frame. */
export function createContents(url = 'app://bundle/index.html') {
  const events = new EventEmitter();
  const mainFrame = strict<Electron.WebFrameMain>('frame', { url, parent: null, postMessage: recorded('frame.postMessage') });
  const contents = strict<Electron.WebContents>('contents', {
    ...listeners(events),
    mainFrame,
    setWindowOpenHandler: recorded('contents.setWindowOpenHandler'),
    reload: recorded('contents.reload'),
    replaceMisspelling: recorded('contents.replaceMisspelling'),
    session: defaultSession,
  });
  return { contents, mainFrame, events };
}

/** Every window made, newest last. */
export const windows: FakeWindow[] = [];

/** A window; its `events` and its contents' events are emitted by tests. */
export class FakeWindow {
  readonly events = new EventEmitter();
  readonly page = createContents();
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly window: Electron.BrowserWindow;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    this.options = options;
    this.window = strict<Electron.BrowserWindow>('window', {
      ...listeners(this.events),
      webContents: this.page.contents,
      loadURL: recorded('window.loadURL', () => Promise.resolve()),
      show: recorded('window.show'),
      maximize: recorded('window.maximize'),
      focus: recorded('window.focus'),
      restore: recorded('window.restore'),
      setProgressBar: recorded('window.setProgressBar'),
      isMinimized: () => false,
      isMaximized: () => false,
      isDestroyed: () => false,
      getNormalBounds: () => ({ x: 10, y: 20, width: 1000, height: 700 }),
    });
    windows.push(this);
  }
}
// A constructor may return another object: the strict one.
export const BrowserWindow = function (options: Electron.BrowserWindowConstructorOptions): Electron.BrowserWindow {
  const made = new FakeWindow(options);
  appEvents.emit('web-contents-created', {}, made.page.contents);
  return made.window;
};

export const ipcEvents = new EventEmitter();
export const ipcMain = strict<Electron.IpcMain>('ipcMain', listeners(ipcEvents));

/** Two joined ports that deliver at once. */
export class MessageChannelMain {
  readonly port1: Electron.MessagePortMain;
  readonly port2: Electron.MessagePortMain;

  constructor() {
    const ends = [new EventEmitter(), new EventEmitter()] as const;
    const make = (own: EventEmitter, other: EventEmitter): Electron.MessagePortMain =>
      strict<Electron.MessagePortMain>('port', {
        ...listeners(own),
        start: () => undefined,
        postMessage: (data: unknown) => other.emit('message', { data, ports: [] }),
        close: () => other.emit('close'),
      });
    this.port1 = make(ends[0], ends[1]);
    this.port2 = make(ends[1], ends[0]);
  }
}

export const Menu = strict<typeof Electron.Menu>('Menu', {
  setApplicationMenu: recorded('Menu.setApplicationMenu'),
  buildFromTemplate: recorded('Menu.buildFromTemplate', () => strict<Electron.Menu>('menu', { popup: recorded('menu.popup') })),
});
export const dialog = strict<Electron.Dialog>('dialog', {
  showMessageBox: recorded('dialog.showMessageBox', () => Promise.resolve({ response: world.messageBoxAnswer, checkboxChecked: false })),
  showErrorBox: recorded('dialog.showErrorBox'),
});
export const shell = strict<Electron.Shell>('shell', { openExternal: recorded('shell.openExternal', () => Promise.resolve()) });
export const screen = strict<Electron.Screen>('screen', {
  getAllDisplays: () => [strict<Electron.Display>('display', { workArea: { x: 0, y: 0, width: 1920, height: 1080 } })],
});
export const safeStorage = strict<Electron.SafeStorage>('safeStorage', { isEncryptionAvailable: () => false });
export const nativeTheme = strict<Electron.NativeTheme>('nativeTheme', { shouldUseDarkColors: false, themeSource: 'system' });
export const clipboard = strict<Electron.Clipboard>('clipboard', { writeText: recorded('clipboard.writeText') });

/** The utility process that every fork answers with; tests set its pid and emit its events. */
export const utilityEvents = new EventEmitter();
export const utility: { pid: number | undefined; readonly stderr: EventEmitter } = { pid: undefined, stderr: new EventEmitter() };
export const utilityProcess = strict<typeof Electron.utilityProcess>('utilityProcess', {
  fork: recorded('utilityProcess.fork', () =>
    strict<Electron.UtilityProcess>('utility', {
      ...listeners(utilityEvents),
      pid: utility.pid,
      stderr: utility.stderr,
      postMessage: recorded('utility.postMessage'),
      kill: recorded('utility.kill', () => true),
    }),
  ),
});

export const contextBridge = strict<Electron.ContextBridge>('contextBridge', {
  exposeInMainWorld: recorded('contextBridge.exposeInMainWorld'),
});
export const rendererEvents = new EventEmitter();
export const ipcRenderer = strict<Electron.IpcRenderer>('ipcRenderer', {
  ...listeners(rendererEvents),
  send: recorded('ipcRenderer.send'),
});
export const webUtils = strict<Electron.WebUtils>('webUtils', {
  getPathForFile: recorded('webUtils.getPathForFile', () => '/home/me/label.png'),
});
