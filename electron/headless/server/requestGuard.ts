/** What of a request decides whether it is let in at all, before any file or session is looked at. */
export interface RequestFacts {
  readonly method: string;
  /** The request target exactly as sent. */
  readonly target: string;
  /** Name, value, name, value, as received: repeated headers are still visible here. */
  readonly rawHeaders: readonly string[];
}

export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 421;
  readonly reason: string;
}

/** How a socket upgrade differs from a page load: browsers always send an Origin with it. */
export type RequestPurpose = 'page' | 'wire';

/**
 * Refuses whatever does not come from Facet's own page on this machine: foreign or doubtful Host (DNS rebinding), foreign Origin or
 * fetch site (other web pages), absolute targets (proxies), and methods that nothing here answers. Null lets it in.
 * @param port the port listened on; only `127.0.0.1:port` and `localhost:port` are Facet.
 */
export function judgeRequest(facts: RequestFacts, purpose: RequestPurpose, port: number): Refusal | null {
  const allowedHosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const hosts = headerValues(facts.rawHeaders, 'host');
  const host = hosts[0];
  if (hosts.length !== 1 || host === undefined || !allowedHosts.includes(host)) {
    return { status: 421, reason: `Facet answers only to ${allowedHosts.join(' and ')}.` };
  }
  if (!facts.target.startsWith('/') || facts.target.startsWith('//')) return { status: 421, reason: 'Facet is not a proxy.' };
  const foreign = judgeOrigin(facts.rawHeaders, purpose, host);
  if (foreign !== null) return foreign;
  const methods = purpose === 'wire' ? ['GET'] : ['GET', 'HEAD'];
  return methods.includes(facts.method) ? null : { status: 405, reason: 'Only GET and HEAD are answered.' };
}

function judgeOrigin(rawHeaders: readonly string[], purpose: RequestPurpose, host: string): Refusal | null {
  const origins = headerValues(rawHeaders, 'origin');
  const expected = `http://${host}`;
  if (origins.some((origin) => origin !== expected) || origins.length > 1 || (purpose === 'wire' && origins.length === 0)) {
    return { status: 403, reason: 'Another web page may not use Facet.' };
  }
  const sites = headerValues(rawHeaders, 'sec-fetch-site');
  const fine = sites.every((site) => site === 'same-origin' || site === 'none');
  return fine ? null : { status: 403, reason: 'Another web page may not use Facet. Open the printed link in the address bar.' };
}

function headerValues(rawHeaders: readonly string[], name: string): readonly string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}
