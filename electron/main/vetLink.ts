/** What becomes of a link: shown to the user for confirmation, or refused with one plain clause. */
export type LinkVerdict =
  { readonly kind: 'ask'; readonly url: string; readonly host: string } | { readonly kind: 'refused'; readonly reason: string };

const longestLink = 2_000;
const openable = new Set(['https:', 'http:', 'mailto:']);

/** Judges a link out of a model's answer or a document. Nothing but web and mail addresses may leave, and only as the URL standard writes them. */
export function vetLink(text: string): LinkVerdict {
  if (text.length > longestLink) return { kind: 'refused', reason: 'it is too long' };
  if (!URL.canParse(text)) return { kind: 'refused', reason: 'it is not a complete address' };
  const url = new URL(text);
  if (!openable.has(url.protocol)) return { kind: 'refused', reason: `"${url.protocol}" links are never opened` };
  if (url.protocol === 'mailto:') return vetMail(url);
  if (url.hostname === '') return { kind: 'refused', reason: 'it names no site' };
  if (url.username !== '' || url.password !== '') return { kind: 'refused', reason: 'it hides the site behind a user name' };
  return { kind: 'ask', url: url.href, host: url.host };
}

/** A mail link may name addressees and a subject; headers such as `attach` or `bcc` could send what nobody sees. */
function vetMail(url: URL): LinkVerdict {
  const unexpected = [...url.searchParams.keys()].find((name) => !['subject', 'body'].includes(name.toLowerCase()));
  if (unexpected !== undefined) return { kind: 'refused', reason: `mail links with "${unexpected}" are never opened` };
  if (!url.pathname.includes('@')) return { kind: 'refused', reason: 'it names no mail address' };
  return { kind: 'ask', url: url.href, host: url.pathname };
}
