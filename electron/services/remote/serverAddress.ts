import { isIP, isIPv4 } from 'node:net';
import { facetError } from '../../shared/errors.ts';

/**
 * The base of a server's requests, from what a person typed: `/v1` is added where there is no path.
 * @throws FacetError invalidRequest for what is not an https address, or an http address of this computer or the local network
 */
export function parseServerAddress(typed: string): URL {
  const refuse = (reason: string): never => {
    throw facetError('invalidRequest', { field: 'address', reason });
  };
  const text = typed.trim();
  const url =
    URL.parse(text.includes('://') ? text : `https://${text}`) ?? refuse('it must be an address such as https://gpu.example:8000/v1');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') refuse('it must begin with https:// or http://');
  if (url.username !== '' || url.password !== '') refuse('it must hold no name and password; give a key instead');
  if (url.search !== '' || url.hash !== '') refuse('it must end with its path, without ? or #');
  if (url.protocol === 'http:' && !isNearby(url.hostname))
    refuse('beyond the local network it must begin with https://, so that nobody reads along');
  url.pathname = url.pathname.replace(/\/+$/, '');
  if (url.pathname === '' || url.pathname === '/') url.pathname = '/v1';
  return url;
}

/** Whether bytes for this host stay in the machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
}

/** This computer or the local network: private addresses of RFC 1918, RFC 4193 and RFC 3927, and names without or with a local ending. */
function isNearby(hostname: string): boolean {
  if (isLoopback(hostname)) return true;
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIPv4(bare)) return /^(?:10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(bare);
  if (isIP(bare) !== 0) return /^(?:f[cd]|fe[89ab])/i.test(bare);
  return !bare.includes('.') || /\.(?:local|lan|home\.arpa|internal)$/.test(bare);
}
