/**
 * Stands in the built index.html as `<meta name="csp-nonce" content="FACET_CSP_NONCE">`; whoever serves the page puts a fresh random
 * nonce there and in the header. Radix's scroll lock injects one style element, which needs it.
 */
const noncePlaceholder = 'FACET_CSP_NONCE';

/**
 * The one Content-Security-Policy of the user interface, for both hosts: nothing remote, no inline script, no eval, no frames, and Trusted
 * Types for scripts. A remote picture is how a hostile document would carry data out, so there is no remote `img-src` at all.
 * @param nonce fresh per page load, base64
 * @param wire the WebSocket address of the page's own host, or null where the wire is a MessagePort
 */
export function contentSecurityPolicy(nonce: string, wire: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // React sets style attributes through the CSSOM, which no policy forbids; style="" in markup stays forbidden.
    "style-src-attr 'none'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src ${wire === null ? "'self'" : `'self' ${wire}`}`,
    "worker-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types app',
  ].join('; ');
}

/** Puts the nonce into the page. */
export function withNonce(html: string, nonce: string): string {
  return html.replaceAll(noncePlaceholder, nonce);
}
