import { facetError } from '../../../shared/errors.ts';
import { networkReasons } from '../../network/networkReasons.ts';

const loopbackHosts = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** An address to start from: https, or http to this computer. @throws FacetError networkFailed */
export function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw facetError('networkFailed', { host: text.slice(0, 200), reason: 'it is not an address' });
  return allow(url, null);
}

/** Where a redirect leads: never from https to http, and never from outside to this computer. @throws FacetError networkFailed */
export function followUrl(location: string, from: URL): URL {
  const url = URL.parse(location, from.href);
  if (url === null) throw facetError('networkFailed', { host: from.host, reason: 'the redirect has no valid address' });
  return allow(url, from);
}

function allow(url: URL, from: URL | null): URL {
  const loopback = loopbackHosts.has(url.hostname);
  const cameFromOutside = from !== null && !loopbackHosts.has(from.hostname);
  const allowed = url.protocol === 'https:' ? !(loopback && cameFromOutside) : url.protocol === 'http:' && loopback && !cameFromOutside;
  if (!allowed) {
    throw facetError('networkFailed', { host: url.host, reason: `${url.protocol}//${url.host} is not allowed; downloads use https` });
  }
  if (url.username !== '' || url.password !== '') {
    throw facetError('networkFailed', { host: url.host, reason: 'an address with a password in it is not allowed' });
  }
  return url;
}

/** A socket or TLS error with the host and a plain reason; cancellations pass through. */
export function networkError(host: string, error: Error): Error {
  if (error.name === 'AbortError') return error;
  const code = 'code' in error ? String(error.code) : '';
  return facetError('networkFailed', { host, reason: networkReasons[code] ?? error.message }, error);
}
