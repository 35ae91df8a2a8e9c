/** Where an address leads, as far as Facet lets it. */
export type JudgedLink =
  | { readonly kind: 'web'; readonly address: string; readonly host: string }
  | { readonly kind: 'mail'; readonly address: string }
  /** Footnotes and anchors: nothing to open. */
  | { readonly kind: 'local' }
  | { readonly kind: 'refused'; readonly address: string };

/** Only https, http and mailto ever leave Facet; the address shown is the one that would be opened, in full. */
export function judgeLink(address: string): JudgedLink {
  if (address === '' || address.startsWith('#')) return { kind: 'local' };
  const url = URL.parse(address);
  if (url === null) return { kind: 'refused', address };
  switch (url.protocol) {
    case 'https:':
    case 'http:':
      return { kind: 'web', address: url.href, host: url.host };
    case 'mailto:':
      return { kind: 'mail', address: url.href };
    default:
      return { kind: 'refused', address };
  }
}
