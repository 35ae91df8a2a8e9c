import { createRequire, syncBuiltinESMExports } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Takes the network away from this process: no library that decodes a hostile file can open a connection, look up a name or start a program that
 * does, and `fetch` goes with them. The pipe to the parent is open already and stays.
 */
export function denyNetwork(): void {
  const net = require('node:net') as { Socket: { prototype: object }; Server: { prototype: object } };
  refuse(net.Socket.prototype, /^connect$/);
  refuse(net.Server.prototype, /^listen$/);
  refuse((require('node:dgram') as { Socket: { prototype: object } }).Socket.prototype, /^(bind|connect|send)$/);
  const dns = require('node:dns') as { Resolver: { prototype: object }; promises: { Resolver: { prototype: object } } };
  for (const lookups of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype])
    refuse(lookups, /^(lookup|resolve|reverse)/);
  refuse(require('node:child_process') as object, /^(exec|fork|spawn)/);
  syncBuiltinESMExports();
}

/** Puts a function that throws in place of each method of that name, inherited ones included. */
function refuse(target: object, names: RegExp): void {
  const methods = new Set<string>();
  for (let holder: unknown = target; holder !== null && holder !== Object.prototype; holder = Object.getPrototypeOf(holder)) {
    for (const name of Object.getOwnPropertyNames(holder)) if (names.test(name)) methods.add(name);
  }
  for (const name of methods) {
    Object.defineProperty(target, name, {
      configurable: true,
      enumerable: true,
      value: () => {
        throw new Error('The reader has no network.');
      },
    });
  }
}
