/**
 * The nonce that the page's content security policy allows for styles. Undefined where the page carries none; styles that Radix
 * injects are then refused by the browser, and the page behind an open dialog can be scrolled.
 */
export function documentNonce(): string | undefined {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
  return nonce === '' ? undefined : nonce;
}
