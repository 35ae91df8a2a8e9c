import http from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDownloadAccess, type DownloadAccess } from '../../../../electron/services/models/download/downloadAccess.ts';
import { createWebClient } from '../../../../electron/services/models/download/webClient.ts';
import { createSecretStore } from '../../../../electron/services/secrets/secretStore.ts';
import { checkParams } from '../../../../electron/shared/validation.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-access-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const open = (settings: { downloadMegabytes?: number; proxy?: string } = {}, environment: Record<string, string> = {}): DownloadAccess =>
  createDownloadAccess({
    settings: () => ({ downloadMegabytes: 0, proxy: '', ...settings }),
    secrets: createSecretStore(folder),
    environment,
  });
const hub = 'https://huggingface.co';

test('the token is kept, forgotten, and overridden by the variable; only the hub gets it', () => {
  const access = open();
  expect(access.web.token()).toBeNull();
  expect(access.describe()).toEqual({ token: 'none', keychain: false, proxy: null });
  access.keepToken('hf_kept');
  expect(open().web.token()).toEqual({ origin: hub, value: 'hf_kept' });
  expect(open().describe().token).toBe('kept');
  const overridden = open({}, { FACET_HUB_TOKEN: ' hf_given ' });
  expect(overridden.web.token()).toEqual({ origin: hub, value: 'hf_given' });
  expect(overridden.describe().token).toBe('variable');
  access.keepToken(null);
  expect(open().web.token()).toBeNull();
});

test('a limit given for this run wins over the setting', async () => {
  const access = open({ downloadMegabytes: 0.001 });
  access.limitTo(0);
  // At the setting's kilobyte a second this would take a week.
  await access.web.throttle.take(1e9, new AbortController().signal);
});

test('the proxy of the settings wins over the variable, and no password is shown', () => {
  expect(open({ proxy: 'http://office.example:3128' }, { HTTPS_PROXY: 'http://other' }).describe().proxy).toEqual({
    address: 'http://office.example:3128',
    from: 'settings',
  });
  const inherited = open({}, { https_proxy: 'http://user:secret@other.example:8080/' });
  expect(inherited.describe().proxy).toEqual({ address: 'http://other.example:8080', from: 'variable' });
  expect(inherited.web.proxy()).toBeNull();
});

test('a download does go through the proxy, and its refusal is told', async () => {
  const asked: string[] = [];
  const proxy = http.createServer().on('connect', (request: http.IncomingMessage, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const client = createWebClient({ stallMs: 2_000, proxy: open({ proxy: address }).web.proxy(), token: null });
  const failure = await client.head('https://models.invalid/x.gguf', new AbortController().signal).catch((error: unknown) => error);
  expect(asked).toEqual(['models.invalid:443']);
  expect(failure).toMatchObject({ data: { code: 'networkFailed', details: { host: 'models.invalid' } } });
  client.close();
  proxy.close();
});

test.each([
  ['settings.update', { patch: { proxy: 'http://user:pw@proxy.example' } }],
  ['settings.update', { patch: { proxy: 'socks5://proxy.example' } }],
  ['settings.update', { patch: { proxy: 'http://proxy.example/path' } }],
  ['settings.update', { patch: { proxy: 'proxy.example:3128' } }],
  ['settings.update', { patch: { unloadMinutes: 7 } }],
  ['settings.update', { patch: { downloadMegabytes: -1 } }],
  ['download.setToken', { token: 'hf_abc\r\nx: y' }],
  ['download.setToken', { token: '' }],
] as const)('%s refuses %o', (name, params) => {
  expect(() => checkParams(name, params)).toThrow('invalidRequest');
});
test.each(['', 'http://proxy.example:3128', 'https://[::1]:8080/'])('the proxy %j is taken', (proxy) => {
  expect(() => checkParams('settings.update', { patch: { proxy } })).not.toThrow();
});
