import { setNonce } from 'get-nonce';

/**
 * The nonce that the page's content security policy allows for styles, from `<meta property="csp-nonce" nonce="…">`.
 * Undefined where the page carries none; injected styles are then refused by the browser and scrolling behind dialogs is not locked.
 */
export function documentNonce(): string | undefined {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  const nonce = meta?.nonce ?? '';
  return nonce === '' ? undefined : nonce;
}

/** Gives the nonce to the style that Radix injects while a dialog or menu is open. Call once, before the first render. */
export function applyDocumentNonce(): void {
  const nonce = documentNonce();
  if (nonce !== undefined) setNonce(nonce);
}
