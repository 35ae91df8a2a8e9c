/** Takes the answer as far as it is; gives the sentences completed since the last time, without Markdown marks. */
export type SentenceReader = (text: string, finished: boolean) => string;

export function createSentenceReader(): SentenceReader {
  let said = 0;
  return (text, finished) => {
    const fresh = text.slice(said);
    const end = finished ? fresh.length : lastSentenceEnd(fresh);
    if (end === 0) return '';
    said += end;
    return withoutMarks(fresh.slice(0, end)).trim();
  };
}

/** Offset just after the last complete sentence or line; 0 when there is none. */
function lastSentenceEnd(text: string): number {
  let end = 0;
  for (const match of text.matchAll(/[.!?…。！？]["”’)]*(?=\s)|\n/g)) end = match.index + match[0].length;
  return end;
}

function withoutMarks(text: string): string {
  return text
    .replace(/^\s*(?:#{1,6}|>|[-*+])\s+/gm, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`~|]+/g, ' ')
    .replace(/\s+/g, ' ');
}
