import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options, FuseVersion } from '@electron/fuses';
import type { MessagePortMain, PermissionRequest, WebPreferences } from 'electron';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { fuses } from '../../../build/fuses.js';
import * as fake from '../../fakes/electron.ts';
import { recordings, rememberingServices, type StartedMain, startMain } from './startMain.ts';
import { eventually } from '../../fakes/eventually.ts';

vi.mock('electron', () => import('../../fakes/electron.ts'));
vi.mock('../../../electron/services/createServices.ts', () => ({
  createServices: (options: unknown) => {
    recordings.serviceOptions.push(options);
    return Promise.resolve(rememberingServices);
  },
}));
vi.mock('../../../electron/services/serveConnection.ts', () => ({
  serveConnection: (...args: unknown[]) => {
    recordings.served.push(args);
    return { close: () => undefined };
  },
}));
vi.mock(import('../../../electron/main/bundleFiles.ts'), async (original) => {
  const actual = await original();
  return { ...actual, listBundle: () => actual.listBundle(recordings.rendererFolder) };
});

const root = join(import.meta.dirname, '../../..');
const readText = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');

// Electron's security checklist, number by number, on what main.ts really sets when it starts.
describe("Electron's security checklist", () => {
  let started: StartedMain;
  let preferences: WebPreferences;
  const page = () => fake.windows[0]!.page;

  beforeAll(async () => {
    started = await startMain();
    preferences = fake.windows[0]!.options.webPreferences!;
  });

  it('1: loads the page from its own scheme and lets no other address through', () => {
    expect(fake.onlyCall('window.loadURL')).toEqual(['app://bundle/index.html']);
    const [filter] = fake.onlyCall('session.webRequest.onBeforeRequest') as [
      (details: { url: string }, answer: (response: { cancel: boolean }) => void) => void,
    ];
    const cancelled = (url: string): boolean => {
      let cancel = true;
      filter({ url }, (response) => (cancel = response.cancel));
      return cancel;
    };
    for (const url of ['app://bundle/assets/x.js', 'blob:app://bundle/1', 'data:image/png;base64,AA=='])
      expect(cancelled(url), url).toBe(false);
    for (const url of [
      'http://127.0.0.1/',
      'https://example.org/',
      'ws://127.0.0.1:9/',
      'file:///etc/passwd',
      'ftp://x/',
      'app://other/x',
      'nonsense',
    ])
      expect(cancelled(url), url).toBe(true);
    expect(fake.onlyCall('session.setSpellCheckerDictionaryDownloadURL')).toEqual(['app://bundle/spelling/']);
  });

  it('2: has no Node in pages, workers or frames', () => {
    expect(preferences).toMatchObject({ nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false });
  });

  it('3: isolates the preload from the page', () => expect(preferences.contextIsolation).toBe(true));

  it('4: sandboxes every process, before the app is ready, and never turns that off', () => {
    expect(preferences.sandbox).toBe(true);
    const order = fake.calls.map(({ name }) => name);
    expect(order).toContain('app.enableSandbox');
    expect(order.indexOf('app.enableSandbox')).toBeLessThan(order.indexOf('session.setPermissionRequestHandler'));
    for (const file of [
      ['electron', 'bootstrap', 'start.mjs'],
      ['electron', 'main', 'main.ts'],
      ['package.json'],
      ['electron-builder.config.js'],
    ])
      expect(readText(...file), file.join('/')).not.toContain('no-sandbox');
    // A sandboxed preload can load nothing else.
    expect(readText('electron', 'preload', 'preload.ts').match(/from '([^']+)'/g)).toEqual([
      "from 'electron'",
      "from '../shared/desktopChannels.ts'",
    ]);
  });

  describe('5: permissions', () => {
    type Answer = (granted: boolean) => void;
    const source = readText('node_modules', 'electron', 'electron.d.ts');
    const permissionNames = (handler: string): string[] => {
      const line = source.split('\n').find((text) => text.includes(`${handler}(handler:`));
      return [...(line ?? '').matchAll(/'([\w-]+)'/gi)].map(([, name]) => name!);
    };
    const request = (permission: string, details: Partial<PermissionRequest>): boolean => {
      const [handler] = fake.onlyCall('session.setPermissionRequestHandler') as [
        (contents: unknown, permission: string, answer: Answer, details: object) => void,
      ];
      let granted = true;
      handler({}, permission, (answer) => (granted = answer), { requestingUrl: 'app://bundle/index.html', isMainFrame: true, ...details });
      return granted;
    };
    const check = (permission: string, origin: string, isMainFrame = true): boolean => {
      const [handler] = fake.onlyCall('session.setPermissionCheckHandler') as [
        (contents: unknown, permission: string, origin: string, details: object) => boolean,
      ];
      return handler({}, permission, origin, { isMainFrame });
    };

    it('denies every request but writing checked content to the clipboard', () => {
      const names = permissionNames('setPermissionRequestHandler');
      expect(names.length).toBeGreaterThan(40);
      expect(names.filter((name) => request(name, {}))).toEqual(['clipboard-sanitized-write']);
      expect(request('clipboard-sanitized-write', { requestingUrl: 'https://example.org/' })).toBe(false);
      expect(request('clipboard-sanitized-write', { isMainFrame: false })).toBe(false);
    });

    it('denies every check but the same one', () => {
      const names = permissionNames('setPermissionCheckHandler');
      expect(names.length).toBeGreaterThan(40);
      expect(names.filter((name) => check(name, 'app://bundle/'))).toEqual(['clipboard-sanitized-write']);
      expect(check('clipboard-sanitized-write', 'https://example.org')).toBe(false);
      expect(check('clipboard-sanitized-write', 'app://bundle/', false)).toBe(false);
    });

    it('denies devices, screens, pairing and protected USB classes', () => {
      const [device] = fake.onlyCall('session.setDevicePermissionHandler') as [(details: object) => boolean];
      expect(device({ deviceType: 'hid', origin: 'app://bundle', device: {} })).toBe(false);
      const [media] = fake.onlyCall('session.setDisplayMediaRequestHandler') as [
        (request: object, answer: (streams: unknown) => void) => void,
      ];
      let streams: unknown = 'unanswered';
      media({}, (answer) => (streams = answer));
      expect(streams).toBeNull();
      const [pairing] = fake.onlyCall('session.setBluetoothPairingHandler') as [
        (details: object, answer: (response: unknown) => void) => void,
      ];
      let response: unknown = 'unanswered';
      pairing({}, (answer) => (response = answer));
      expect(response).toEqual({ confirmed: false });
      const [usb] = fake.onlyCall('session.setUSBProtectedClassesHandler') as [(details: object) => unknown];
      expect(usb({ protectedClasses: ['audio', 'hid'] })).toEqual(['audio', 'hid']);
    });
  });

  it('6: keeps web security', () => expect(preferences.webSecurity).toBe(true));

  it('7: answers every file with a policy that allows nothing remote and no inline code', async () => {
    const [scheme, respond] = fake.onlyCall('session.protocol.handle') as [string, (request: Request) => Promise<Response>];
    expect(scheme).toBe('app');
    for (const path of ['/index.html', '/', '/assets/main-a1b2c3d4.js']) {
      const policy = (await respond(new Request(`app://bundle${path}`))).headers.get('Content-Security-Policy')!;
      const rules = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]));
      expect(rules.get('default-src')).toEqual(["'none'"]);
      expect(rules.get('script-src')).toEqual(["'self'"]);
      expect(rules.get('connect-src')).toEqual(["'self'"]);
      expect(rules.get('require-trusted-types-for')).toEqual(["'script'"]);
      for (const name of ['frame-src', 'object-src', 'base-uri', 'form-action']) expect(rules.get(name), name).toEqual(["'none'"]);
      expect(policy).not.toMatch(/https?:|wss?:|\*|unsafe-/);
    }
  });

  it('8, 9, 10: allows no insecure content, no experiments and no Blink features', () => {
    expect(preferences).toMatchObject({ allowRunningInsecureContent: false, experimentalFeatures: false, enableBlinkFeatures: '' });
  });

  it('11, 12: has no <webview>, and refuses one that appears anyway', () => {
    expect(preferences.webviewTag).toBe(false);
    const preventDefault = vi.fn();
    page().events.emit(
      'will-attach-webview',
      { preventDefault },
      { nodeIntegration: true, preload: '/tmp/x.js' },
      { src: 'https://example.org' },
    );
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  it.each([
    ['will-navigate', true],
    ['will-frame-navigate', true],
    ['will-redirect', true],
  ])('13: stops %s to any other origin', (event, isMainFrame) => {
    const stopped = (url: string, mainFrame = isMainFrame): boolean => {
      const preventDefault = vi.fn();
      page().events.emit(event, { url, isMainFrame: mainFrame, preventDefault });
      return preventDefault.mock.calls.length > 0;
    };
    expect(stopped('app://bundle/index.html#top')).toBe(false);
    for (const url of [
      'https://example.org/',
      'file:///home/me/page.html',
      'app://bundle.example.org/',
      'app://other/',
      'javascript:alert(1)',
      'about:blank',
      '',
    ])
      expect(stopped(url), url).toBe(true);
    if (event === 'will-frame-navigate') expect(stopped('app://bundle/index.html', false)).toBe(true);
    expect(preferences.navigateOnDragDrop).toBe(false);
  });

  it('14: opens no window', () => {
    const [handler] = fake.onlyCall('contents.setWindowOpenHandler') as [(details: { url: string }) => unknown];
    for (const url of ['app://bundle/index.html', 'https://example.org/', 'about:blank', 'javascript:alert(1)'])
      expect(handler({ url })).toEqual({ action: 'deny' });
  });

  it('15: hands links to one vetted opener that asks first', async () => {
    const [handler] = fake.onlyCall('contents.setWindowOpenHandler') as [(details: { url: string }) => unknown];
    const follow = async (url: string, answer: number): Promise<readonly (readonly unknown[])[]> => {
      const before = fake.callsOf('shell.openExternal').length;
      fake.world.messageBoxAnswer = answer;
      handler({ url });
      // The opener asks and opens in microtasks alone.
      await new Promise(setImmediate);
      return fake.callsOf('shell.openExternal').slice(before);
    };
    expect(await follow('https://example.org/a?b', 0)).toEqual([]);
    expect(await follow('https://example.org/a?b', 1)).toEqual([['https://example.org/a?b']]);
    for (const url of ['file:///etc/passwd', 'smb://host/share', 'ms-msdt:/id', 'calculator:', 'javascript:alert(1)'])
      expect(await follow(url, 1), url).toEqual([]);
    fake.world.messageBoxAnswer = 0;
  });

  it('16: stands on a current Electron', () => {
    const { devDependencies } = JSON.parse(readText('package.json')) as { devDependencies: Record<string, string> };
    // 43 is the first that keeps other pages from reading a custom scheme.
    expect(Number.parseInt(devDependencies['electron']!, 10)).toBeGreaterThanOrEqual(43);
  });

  describe('17: gives a connection only to its own page', () => {
    const ask = (event: object): number => {
      const before = fake.callsOf('frame.postMessage').length;
      fake.ipcEvents.emit('facet:connect', event);
      return fake.callsOf('frame.postMessage').length - before;
    };
    it('answers the main frame of its window', () => {
      const { contents, mainFrame } = page();
      expect(ask({ sender: contents, senderFrame: mainFrame })).toBe(1);
      expect(recordings.served).toHaveLength(1);
      const [channel, message, ports] = fake.callsOf('frame.postMessage').at(-1)!;
      expect([channel, message]).toEqual(['facet:port', null]);
      expect(ports).toHaveLength(1);
    });
    it('ends the connection before when the page asks again', () => {
      const { contents, mainFrame } = page();
      const [, , [port]] = fake.callsOf('frame.postMessage').at(-1) as [string, null, [MessagePortMain]];
      const closed = vi.fn();
      port.on('close', closed);
      expect(ask({ sender: contents, senderFrame: mainFrame })).toBe(1);
      expect(closed).toHaveBeenCalledOnce();
    });
    it('answers nobody else', () => {
      const { contents, mainFrame } = page();
      const stranger = fake.createContents();
      const frame = (facts: object): object => ({ url: 'app://bundle/index.html', parent: null, postMessage: () => undefined, ...facts });
      expect(ask({ sender: contents, senderFrame: null })).toBe(0);
      expect(ask({ sender: stranger.contents, senderFrame: stranger.mainFrame })).toBe(0);
      expect(ask({ sender: stranger.contents, senderFrame: mainFrame })).toBe(0);
      expect(ask({ sender: contents, senderFrame: frame({ parent: mainFrame }) })).toBe(0);
      expect(ask({ sender: contents, senderFrame: frame({}) })).toBe(0);
    });
    it('answers no page of another origin in its own window', () => {
      const { contents } = page();
      const elsewhere = fake.createContents('https://example.org/').mainFrame;
      const original = Object.getOwnPropertyDescriptor(contents, 'mainFrame');
      Object.defineProperty(contents, 'mainFrame', { value: elsewhere, configurable: true });
      expect(ask({ sender: contents, senderFrame: elsewhere })).toBe(0);
      Object.defineProperty(contents, 'mainFrame', original!);
    });
  });

  it('18: serves the page from a scheme that other pages cannot read', () => {
    const [schemes] = fake.onlyCall('protocol.registerSchemesAsPrivileged');
    expect(schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
    const order = fake.calls.map(({ name }) => name);
    expect(order.indexOf('protocol.registerSchemesAsPrivileged')).toBeLessThan(order.indexOf('session.protocol.handle'));
  });

  it('19: sets all nine fuses, and breaks on one it does not know', () => {
    const { version, strictlyRequireAllFuses, ...burnt } = fuses;
    expect(version).toBe(FuseVersion.V1);
    expect(strictlyRequireAllFuses).toBe(true);
    expect(burnt).toEqual({
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
      [FuseV1Options.WasmTrapHandlers]: true,
    });
    const known = Object.values(FuseV1Options).filter((value) => typeof value === 'number');
    expect(Object.keys(burnt).map(Number)).toEqual(known);
  });

  it('20: exposes a fixed surface and nothing of Electron', async () => {
    vi.stubGlobal('window', { postMessage: vi.fn(), location: { origin: 'app://bundle' } });
    await import('../../../electron/preload/preload.ts');
    const [name, surface] = fake.onlyCall('contextBridge.exposeInMainWorld') as [string, Record<string, unknown>];
    expect(name).toBe('facet');
    expect(Object.entries(surface).map(([key, value]) => `${key}: ${typeof value}`)).toEqual(['connect: function', 'pathOf: function']);
  });

  it('gives the services the desktop host, its data folder and file paths', () => {
    expect(started.serviceOptions).toHaveLength(1);
    expect(started.serviceOptions[0]).toMatchObject({ host: 'electron', dataFolder: started.folder, pathsAllowed: true });
    expect(fake.onlyCall('app.setPath')).toEqual(['userData', join(started.folder, 'window')]);
  });

  it('holds the end of the app back until the services are closed', async () => {
    const quit = (): boolean => {
      const preventDefault = vi.fn();
      fake.appEvents.emit('will-quit', { preventDefault });
      return preventDefault.mock.calls.length === 0;
    };
    expect(quit()).toBe(false);
    expect(quit()).toBe(false);
    await eventually(() => expect(fake.callsOf('app.quit')).toHaveLength(1));
    expect(recordings.closes).toHaveLength(1);
    expect(quit()).toBe(true);
  });
});
