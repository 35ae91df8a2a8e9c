import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createAppResponder } from '../../../electron/main/appProtocol.ts';
import { type BundleFile, findBundleFile, listBundle } from '../../../electron/main/bundleFiles.ts';

vi.mock('electron', () => import('../../fakes/electron.ts'));

let folder: string;
let outside: string;
let files: ReadonlyMap<string, BundleFile>;

beforeAll(async () => {
  outside = mkdtempSync(join(tmpdir(), 'facet-outside-'));
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  folder = mkdtempSync(join(tmpdir(), 'facet-bundle-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<meta name="csp-nonce" content="FACET_CSP_NONCE" />');
  writeFileSync(join(folder, 'assets', 'main-a1b2c3d4.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'a name.css'), 'a{}');
  writeFileSync(join(folder, 'assets', 'notes.md'), 'not a type of the page');
  symlinkSync(join(outside, 'secret.txt'), join(folder, 'assets', 'link.txt'));
  symlinkSync(outside, join(folder, 'linked'));
  files = await listBundle(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(outside, { recursive: true });
});

describe('the files behind app://bundle', () => {
  it.each([
    ['app://bundle', '/index.html'],
    ['app://bundle/', '/index.html'],
    ['app://bundle/index.html', '/index.html'],
    ['app://bundle/index.html?chat=1#answer', '/index.html'],
    ['app://bundle/?x=../../etc/passwd', '/index.html'],
    ['app://bundle/assets/main-a1b2c3d4.js', '/assets/main-a1b2c3d4.js'],
    ['app://bundle/assets/a%20name.css', '/assets/a name.css'],
  ])('%s is there', (address, name) => {
    expect(findBundleFile(files, address)).toBe(files.get(name));
    expect(files.get(name)).toBeDefined();
  });

  it.each([
    'app://bundle/../../etc/passwd',
    'app://bundle/%2e%2e/%2e%2e/etc/passwd',
    'app://bundle/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    'app://bundle/..%5c..%5cetc%5cpasswd',
    'app://bundle/..\\..\\etc\\passwd',
    'app://bundle/%252e%252e%252fetc/passwd',
    'app://bundle/index.html%00.js',
    'app://bundle/%00',
    'app://bundle//host/share',
    'app://bundle///etc/passwd',
    'app://bundle/etc/passwd',
    'app://bundle/C:%5cWindows%5cwin.ini',
    'app://bundle/C:/Windows/win.ini',
    'app://bundle/index.html.',
    'app://bundle/index.html%20',
    'app://bundle/INDEX.HTML',
    'app://bundle/INDEX~1.HTM',
    'app://bundle/assets',
    'app://bundle/assets/',
    'app://bundle/assets/../index.html',
    'app://bundle/./index.html',
    'app://bundle/assets/notes.md',
    'app://bundle/assets/link.txt',
    'app://bundle/linked/secret.txt',
    'app://bundle/%',
    'app://bundle/%zz',
    'app://other/index.html',
    'app://bundle.example.org/index.html',
    'app://bundle:80/index.html',
    'app://user@bundle/index.html',
    'app:index.html',
    'file:///etc/passwd',
    'https://bundle/index.html',
    '',
  ])('%s is not', (address) => {
    expect(findBundleFile(files, address)).toBeNull();
  });

  it('refuses a folder that was never built', async () => {
    await expect(listBundle(outside)).rejects.toThrow(/index\.html/);
  });
});

describe('answers of app://', () => {
  it('puts the same fresh nonce into the page and its policy', async () => {
    const respond = createAppResponder(files);
    const load = async (): Promise<string> => {
      const response = await respond(new Request('app://bundle/'));
      const nonce = /'nonce-([^']+)'/.exec(response.headers.get('Content-Security-Policy') ?? '')?.[1];
      expect(await response.text()).toBe(`<meta name="csp-nonce" content="${String(nonce)}" />`);
      return nonce!;
    };
    const [first, second] = [await load(), await load()];
    expect(Buffer.from(first, 'base64')).toHaveLength(16);
    expect(first).not.toBe(second);
  });

  it('answers 404 with the fixed headers, and 405 to anything but reading', async () => {
    const respond = createAppResponder(files);
    const missing = await respond(new Request('app://bundle/nothing.js'));
    expect([missing.status, missing.headers.get('X-Content-Type-Options')]).toEqual([404, 'nosniff']);
    expect((await respond(new Request('app://bundle/', { method: 'POST' }))).status).toBe(405);
  });

  it('serves bytes as they are, with their type', async () => {
    const response = await createAppResponder(files)(new Request('app://bundle/assets/main-a1b2c3d4.js'));
    expect(response.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
    expect(await response.text()).toBe('export {};');
  });
});
