import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

const module = path.join(import.meta.dirname, '../../../electron/reader/denyNetwork.ts');

/** Tries each way out of a process against a server of its own on this machine; prints what got through. */
const probe = (deny: boolean): string => `
  import net from 'node:net';
  import dns from 'node:dns';
  import dgram from 'node:dgram';
  import { execFileSync } from 'node:child_process';
  const server = net.createServer((socket) => socket.end('HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n'));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  ${deny ? `const { denyNetwork } = await import(${JSON.stringify(module)}); denyNetwork();` : ''}
  const ways = {
    fetch: () => fetch('http://127.0.0.1:' + port),
    connect: () => new Promise((resolve, reject) => net.connect(port, '127.0.0.1', resolve).on('error', reject)),
    lookup: () => new Promise((resolve, reject) => dns.lookup('localhost', (error) => error ? reject(error) : resolve())),
    send: () => new Promise((resolve, reject) => dgram.createSocket('udp4').send('x', port, '127.0.0.1', (error) => error ? reject(error) : resolve())),
    resolver: () => new Promise((resolve, reject) => {
      const resolver = new dns.Resolver();
      resolver.setServers(['127.0.0.1:' + port]);
      // An answer of any kind, a refused one too, comes from the network.
      resolver.resolve4('localhost.test', () => resolve());
    }),
    program: () => execFileSync(process.execPath, ['--version']),
    listen: () => new Promise((resolve, reject) => net.createServer().on('error', reject).listen(0, '127.0.0.1', resolve)),
  };
  const open = [];
  for (const [name, go] of Object.entries(ways)) await (async () => go())().then(() => open.push(name), () => undefined);
  console.log(JSON.stringify(open));
  process.exit(0);
`;

const waysOut = (deny: boolean): unknown =>
  JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', probe(deny)], { encoding: 'utf8', timeout: 15_000 }));

it('leaves the reader no way to the network', () => {
  // Each of them works without it, so the probe can tell.
  expect(waysOut(false)).toEqual(['fetch', 'connect', 'lookup', 'send', 'resolver', 'program', 'listen']);
  expect(waysOut(true)).toEqual([]);
});
