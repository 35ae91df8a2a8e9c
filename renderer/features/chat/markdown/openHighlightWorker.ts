import address from './highlightWorker.ts?worker&url';

interface TrustedTypes {
  createPolicy(name: 'app', rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** Starts the highlighting thread. Under Trusted Types its script must come through a policy: this one passes our own origin only. */
export function openHighlightWorker(): Worker {
  const { trustedTypes } = window as { readonly trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy('app', { createScriptURL: ownScript });
  return new Worker(policy === undefined ? ownScript(address) : policy.createScriptURL(address), { type: 'module' });
}

function ownScript(url: string): string {
  const { href, origin, protocol } = new URL(url, window.location.href);
  // A custom scheme such as app:// has the origin "null" in some engines; its protocol is then what must agree.
  if (origin !== window.location.origin || protocol !== window.location.protocol) throw new Error(`Not a script of Facet: ${href}`);
  return href;
}
