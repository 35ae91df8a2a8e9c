import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startServer, type HeadlessServer } from '../../../electron/headless/server/startServer.ts';
import type { StaticFile } from '../../../electron/headless/server/staticFiles.ts';
import type { Port } from '../../../electron/shared/rpc.ts';

const page: StaticFile = {
  body: Buffer.from('<!doctype html><meta name="csp-nonce" content="FACET_CSP_NONCE"><title>Facet</title>'),
  type: 'text/html; charset=utf-8',
  immutable: false,
  tag: '"page"',
};
const script: StaticFile = { body: Buffer.from('export {};'), type: 'text/javascript; charset=utf-8', immutable: true, tag: '"script"' };

const running: HeadlessServer[] = [];
const ports: Port[] = [];

async function start(): Promise<HeadlessServer> {
  const files = new Map([
    ['/', page],
    ['/assets/main-12345678.js', script],
  ]);
  const server = await startServer({ port: 0, files, connect: (port) => ports.push(port) });
  running.push(server);
  return server;
}

afterEach(async () => {
  ports.length = 0;
  await Promise.all(running.splice(0).map((server) => server.close()));
});

/** The bytes as written, so that what no client library would send can be sent. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (data) => (answer += data.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

async function statusOf(port: number, lines: readonly string[]): Promise<number> {
  const answer = await raw(port, [...lines, 'Connection: close', '', ''].join('\r\n'));
  expect(answer.toLowerCase()).not.toContain('access-control');
  return Number(answer.split(' ')[1]);
}

async function signIn(server: HeadlessServer): Promise<string> {
  const response = await fetch(server.createLink(), { redirect: 'manual' });
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toBe('/');
  const cookie = response.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Strict/);
  return cookie.split(';')[0] ?? '';
}

describe('who is let in', () => {
  test.each([
    ['another name', ['Host: evil.example:PORT']],
    ['a name that resolves to loopback', ['Host: 127.0.0.1.nip.io:PORT']],
    ['an IPv6 address', ['Host: [::1]:PORT']],
    ['a trailing dot', ['Host: localhost.:PORT']],
    ['another port', ['Host: 127.0.0.1:1']],
    ['no port', ['Host: 127.0.0.1']],
    ['nothing', []],
    ['two hosts', ['Host: 127.0.0.1:PORT', 'Host: evil.example']],
    ['the same host twice', ['Host: 127.0.0.1:PORT', 'Host: 127.0.0.1:PORT']],
  ])('a Host header with %s is refused before anything else', async (_, headers) => {
    const server = await start();
    const cookie = await signIn(server);
    const lines = headers.map((header) => header.replace('PORT', String(server.port)));
    expect(await statusOf(server.port, ['GET / HTTP/1.1', ...lines, `Cookie: ${cookie}`])).toBe(421);
  });

  test.each(['http://evil.example/', 'http://127.0.0.1:PORT/', '//evil.example/'])('the target %s is refused', async (target) => {
    const server = await start();
    const host = `Host: 127.0.0.1:${server.port}`;
    expect(await statusOf(server.port, [`GET ${target.replace('PORT', String(server.port))} HTTP/1.1`, host])).toBe(421);
  });

  test.each(['Origin: https://evil.example', 'Origin: null', 'Origin: file://', 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Site: same-site'])(
    '%s is refused, with a session too',
    async (header) => {
      const server = await start();
      const cookie = await signIn(server);
      expect(await statusOf(server.port, ['GET / HTTP/1.1', `Host: 127.0.0.1:${server.port}`, header, `Cookie: ${cookie}`])).toBe(403);
    },
  );

  test('a preflight and a form post get no permission', async () => {
    const server = await start();
    const host = `Host: 127.0.0.1:${server.port}`;
    expect(
      await statusOf(server.port, ['OPTIONS / HTTP/1.1', host, 'Origin: https://evil.example', 'Access-Control-Request-Method: POST']),
    ).toBe(403);
    expect(await statusOf(server.port, ['OPTIONS / HTTP/1.1', host])).toBe(405);
    expect(await statusOf(server.port, ['POST / HTTP/1.1', host, 'Content-Type: text/plain', 'Content-Length: 0'])).toBe(405);
  });

  test('both length and chunks, and a page request with a body, are refused', async () => {
    const server = await start();
    const host = `Host: 127.0.0.1:${server.port}`;
    expect(await statusOf(server.port, ['POST / HTTP/1.1', host, 'Content-Length: 4', 'Transfer-Encoding: chunked'])).toBe(400);
    expect(await statusOf(server.port, ['GET / HTTP/1.1', host, 'Content-Length: 1000000000'])).toBe(400);
    expect(await statusOf(server.port, ['GET / HTTP/1.1', host, `X-Long: ${'a'.repeat(20_000)}`])).toBe(431);
  });

  test('without, with a wrong, a cut and a differently cased token: 401', async () => {
    const server = await start();
    const base = `http://127.0.0.1:${server.port}`;
    const link = server.createLink();
    const wrong = [
      `${base}/`,
      `${base}/?token=`,
      `${base}/?token=wrong`,
      link.slice(0, -1),
      swapCase(link),
      `${base}/assets/main-12345678.js?token=x`,
    ];
    for (const url of wrong) expect((await fetch(url, { redirect: 'manual' })).status, url).toBe(401);
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(303);
  });

  test('a link works once', async () => {
    const server = await start();
    const link = server.createLink();
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(303);
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(401);
  });

  test('another name for a session cookie, or its value cut short, is no session', async () => {
    const server = await start();
    const cookie = await signIn(server);
    for (const wrong of [`x${cookie}`, cookie.slice(0, -1), cookie.toLowerCase()]) {
      expect((await fetch(`http://127.0.0.1:${server.port}/`, { headers: { cookie: wrong } })).status).toBe(401);
    }
  });
});

describe('what is served', () => {
  test('the page carries the policy, and the nonce is fresh each time', async () => {
    const server = await start();
    const cookie = await signIn(server);
    const load = async (): Promise<string> => {
      const response = await fetch(`http://127.0.0.1:${server.port}/`, { headers: { cookie } });
      const policy = response.headers.get('content-security-policy') ?? '';
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port};`);
      expect(await response.text()).toContain(`content="${nonce}"`);
      return nonce;
    };
    expect(await load()).not.toBe(await load());
  });

  test.each(['/../../etc/passwd', '/%2e%2e%2fpackage.json', '/..%5cpackage.json', '/%00', '/assets/', '/assets/../index.html', '/C:%5c'])(
    '%s is not found',
    async (target) => {
      const server = await start();
      const cookie = await signIn(server);
      expect(await statusOf(server.port, [`GET ${target} HTTP/1.1`, `Host: 127.0.0.1:${server.port}`, `Cookie: ${cookie}`])).toBe(404);
    },
  );

  test('a file is kept by its tag', async () => {
    const server = await start();
    const cookie = await signIn(server);
    const url = `http://127.0.0.1:${server.port}/assets/main-12345678.js`;
    expect((await fetch(url, { headers: { cookie } })).headers.get('cache-control')).toContain('immutable');
    expect((await fetch(url, { headers: { cookie, 'if-none-match': '"script"' } })).status).toBe(304);
  });
});

describe('the wire', () => {
  const open = (server: HeadlessServer, headers: Record<string, string>, path = '/wire'): Promise<WebSocket | number> =>
    new Promise((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
      socket.on('open', () => resolve(socket));
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => undefined);
    });

  test('needs a session, an origin and the right path', async () => {
    const server = await start();
    const cookie = await signIn(server);
    const origin = `http://127.0.0.1:${server.port}`;
    expect(await open(server, { origin })).toBe(401);
    expect(await open(server, { cookie })).toBe(403);
    expect(await open(server, { cookie, origin: 'http://evil.example' })).toBe(403);
    expect(await open(server, { cookie, origin, host: 'evil.example' })).toBe(421);
    expect(await open(server, { cookie, origin }, '/other')).toBe(404);
    expect(ports).toHaveLength(0);
    expect(await open(server, { cookie, origin })).toBeInstanceOf(WebSocket);
    expect(ports).toHaveLength(1);
  });

  test('carries JSON both ways, and ends on anything else', async () => {
    const server = await start();
    const headers = { cookie: await signIn(server), origin: `http://127.0.0.1:${server.port}` };
    const socket = (await open(server, headers)) as WebSocket;
    const port = ports[0]!;
    const received = new Promise((resolve) => port.onMessage(resolve));
    socket.send('{"kind":"cancel","id":1}');
    expect(await received).toEqual({ kind: 'cancel', id: 1 });
    const sent = new Promise((resolve) => socket.once('message', (data: Buffer) => resolve(data.toString())));
    port.send({ kind: 'result', id: 1, value: 'ü' });
    expect(await sent).toBe('{"kind":"result","id":1,"value":"ü"}');
    const closed = new Promise((resolve) => port.onClose(() => resolve(true)));
    socket.send('not JSON');
    expect(await closed).toBe(true);
  });

  test('a message over the limit ends the connection and nothing else', async () => {
    const server = await start();
    const headers = { cookie: await signIn(server), origin: `http://127.0.0.1:${server.port}` };
    const socket = (await open(server, headers)) as WebSocket;
    const code = new Promise((resolve) => socket.once('close', resolve));
    socket.send(`"${'a'.repeat(9 * 1024 * 1024)}"`);
    expect(await code).toBe(1009);
    expect(await open(server, headers)).toBeInstanceOf(WebSocket);
  });
});

test('a taken port is refused with a sentence, and no other is opened', async () => {
  const server = await start();
  const second = startServer({ port: server.port, files: new Map([['/', page]]), connect: () => undefined });
  await expect(second).rejects.toMatchObject({ data: { code: 'networkFailed', details: { host: '127.0.0.1' } } });
});

function swapCase(link: string): string {
  const [base = '', token = ''] = link.split('token=');
  return `${base}token=${token.replace(/[a-z]/i, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()))}`;
}
