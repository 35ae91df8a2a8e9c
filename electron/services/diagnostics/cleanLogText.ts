const longest = 300;

/**
 * A native log line without anything that could come from a chat or a document: what stands in quotes, further lines, and the name of the home folder.
 * Native code quotes what it was given, so that words of others stand there and nowhere else.
 */
export function cleanLogText(text: string, home: string): string {
  const first = text.trimStart().split(/\r?\n/, 1)[0] ?? '';
  const words = first
    .replace(/"[^"]*("|$)|“[^”]*(”|$)|`[^`]*(`|$)|(?<![\p{L}\p{N}])'[^']*('|$)/gu, '[…]')
    // eslint-disable-next-line no-control-regex
    .replace(/[\s\u0000-\u001f\u007f]+/g, ' ')
    .trim();
  const short = words.length > longest ? `${words.slice(0, longest)}…` : words;
  return home.length > 1 ? short.replaceAll(home, '~') : short;
}
