/** Longest line that is taken for a heading, in characters. */
const longestHeading = 90;

/** A line of text that opens a section. */
export interface Heading {
  /** 1 is the outermost. */
  readonly level: number;
  readonly text: string;
}

const marked = /^(#{1,6})\s+(\S.*?)\s*#*$/;
const numbered = /^((?:\d{1,3}\.)*\d{1,3})\.?\s{1,4}(\p{Lu}.*)$/u;
const named = /^(?:chapter|section|part|appendix|article|annex|kapitel|abschnitt|anhang|§)\s*[\dIVXLA-Z]{0,6}\b.*$/iu;
const underline = /^([=\-~^"*])\1{2,}\s*$/;

/**
 * Whether a line is a heading by how it is written: marked as in Markdown, underlined as in plain manuals, numbered, named a chapter, or in capitals.
 * `next` is the line below it, empty at the end.
 */
export function findHeading(line: string, next: string): Heading | null {
  const text = line.trim();
  if (text === '' || text.length > longestHeading) return null;
  const byMark = marked.exec(text);
  if (byMark !== null) return { level: byMark[1]?.length ?? 1, text: byMark[2] ?? '' };
  const rule = underline.exec(next);
  if (rule !== null && /\p{L}/u.test(text) && !text.startsWith('|')) return { level: rule[1] === '=' ? 1 : 2, text };
  if (/[.,;:!?]$/.test(text)) return null;
  const byNumber = numbered.exec(text);
  if (byNumber !== null && text.split(/\s+/).length <= 12) return { level: byNumber[1]?.split('.').length ?? 1, text };
  if (named.test(text) && text.split(/\s+/).length <= 12) return { level: 1, text };
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return letters >= 4 && text.length <= 60 && text === text.toUpperCase() && text !== text.toLowerCase() ? { level: 1, text } : null;
}
