import { createRequire, syncBuiltinESMExports } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Takes the network away from this process: no library that decodes a hostile file can open a connection or look up a name, and `fetch` goes with
 * them. Pipes to the parent are open already and stay.
 */
export function denyNetwork(): void {
  const refuse = (): never => {
    throw new Error('The reader has no network.');
  };
  const net = require('node:net') as { Socket: { prototype: { connect: unknown } }; Server: { prototype: { listen: unknown } } };
  net.Socket.prototype.connect = refuse;
  net.Server.prototype.listen = refuse;
  const dgram = require('node:dgram') as { Socket: { prototype: Record<'bind' | 'connect' | 'send', unknown> } };
  for (const name of ['bind', 'connect', 'send'] as const) dgram.Socket.prototype[name] = refuse;
  const dns = require('node:dns') as Record<'lookup' | 'resolve', unknown>;
  dns.lookup = refuse;
  dns.resolve = refuse;
  syncBuiltinESMExports();
}
