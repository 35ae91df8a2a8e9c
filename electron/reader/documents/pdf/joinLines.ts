import type { TextLine } from './groupLines.ts';

/**
 * Lines of one block as text. A line break is soft, and becomes a space, when the next line's first word would not have fitted on the line;
 * any other break is kept. More than the usual distance, or another size of type, begins a paragraph.
 */
export function joinLines(lines: readonly TextLine[]): string {
  const right = Math.max(...lines.map((line) => line.right));
  const spacing = usualSpacing(lines);
  let text = '';
  let before: TextLine | null = null;
  for (const line of lines) {
    if (before === null) text = line.text;
    else if (beginsParagraph(before, line, spacing)) text += `\n\n${line.text}`;
    else if (isSoftBreak(before, line, right)) text = joinSoftly(text, line.text);
    else text += `\n${line.text}`;
    before = line;
  }
  return text;
}

function beginsParagraph(before: TextLine, line: TextLine, spacing: number): boolean {
  const distance = line.baseline - before.baseline;
  const larger = Math.max(line.size, before.size);
  if (larger > 1.15 * Math.min(line.size, before.size)) return true;
  return distance > Math.max(1.35 * spacing, 1.1 * larger);
}

function isSoftBreak(before: TextLine, line: TextLine, right: number): boolean {
  if (/^([-\u2022\u25aa\u25cf\u2013\u2014*]|\(?\d{1,3}[.)]|\(?[a-z]\))\s|^[⁰¹²³⁴-⁹]/.test(line.text)) return false;
  if (/\p{L}[-\u2010\u00ad]$/u.test(before.text) && /^\p{Ll}/u.test(line.text)) return true;
  if (before.text.includes('   ') || line.text.includes('   ')) return false;
  // An indented line begins something new, unless it is the line after a hanging first one.
  if (line.left > before.left + 0.8 * line.size) return false;
  return before.right + 0.2 * line.size + line.firstWordWidth > right - 0.3 * line.size;
}

/**
 * Joins with a space; a word divided at the line's end is made whole. The hyphen stays in names and numbers, in a word with a second hyphen, and where
 * the text has the same compound elsewhere.
 */
function joinSoftly(text: string, next: string): string {
  if (text.endsWith('\u00ad')) return text.slice(0, -1) + next;
  const before = /([\p{L}\p{N}]+)[-\u2010]$/u.exec(text)?.[1];
  if (before === undefined) return `${text} ${next}`;
  if (compound.test(text)) return text + next;
  const after = /^\p{Ll}+(?![-\u2010\p{L}])/u.exec(next)?.[0];
  if (after === undefined || /\p{N}$/u.test(before) || text.includes(`${before}-${after}`)) return text + next;
  return text.slice(0, -1) + next;
}

/** A word with a hyphen further in front, or one that makes compounds more often than it is divided from what follows. */
const compound =
  /(?:[\p{L}\p{N}][-\u2010][\p{L}\p{N}]+|(?<!\p{L})(?:well|self|non|ex|all|high|low|long|short|half|full|part|cross|so|two|three|four))[-\u2010]$/iu;

/** The most frequent distance of neighbouring baselines: the lower median, since paragraphs only add longer ones. */
function usualSpacing(lines: readonly TextLine[]): number {
  const distances = lines.slice(1).map((line, index) => line.baseline - (lines[index]?.baseline ?? 0));
  distances.sort((a, b) => a - b);
  return distances[Math.floor((distances.length - 1) / 2)] ?? 0;
}
