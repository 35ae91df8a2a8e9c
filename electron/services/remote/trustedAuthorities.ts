import tls from 'node:tls';

/**
 * Certificates of the authorities that a server's certificate may be signed by, in PEM: Node's own and those installed in the system, so that a company's
 * or a household's own authority counts here as it does in a browser. Where the system's cannot be read, Node's own are left.
 */
export function trustedAuthorities(): string[] {
  const own = tls.getCACertificates('default');
  try {
    return [...own, ...tls.getCACertificates('system')];
  } catch {
    return own;
  }
}
