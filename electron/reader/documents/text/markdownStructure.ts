import type { Heading } from '../../../shared/documents.ts';
import type { PageTable } from '../../readerContract.ts';
import { textCell } from '../documentWriter.ts';
import { evenRows } from '../markdownTable.ts';

/** Headings of a Markdown text (those with `#`), outside of code. */
export function markdownHeadings(text: string): readonly Heading[] {
  return linesOutsideCode(text).flatMap(({ line, offset }) => {
    const match = /^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$/.exec(line);
    return match === null ? [] : [{ level: match[1]?.length ?? 1, text: match[2] ?? '', offset }];
  });
}

/** Tables of a Markdown text: rows between bars whose second line is dashes. */
export function markdownTables(text: string): readonly PageTable[] {
  const lines = linesOutsideCode(text);
  const tables: PageTable[] = [];
  for (let index = 1; index < lines.length; index += 1) {
    const rule = lines[index]?.line ?? '';
    const header = lines[index - 1];
    if (
      header === undefined ||
      !header.line.includes('|') ||
      !/^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(rule) ||
      !rule.includes('|')
    )
      continue;
    let last = index;
    while ((lines[last + 1]?.line ?? '').includes('|')) last += 1;
    const rows = evenRows([header, ...lines.slice(index + 1, last + 1)].map(({ line }) => cellsOf(line).map(textCell)));
    tables.push({
      name: '',
      start: header.offset,
      end: (lines[last]?.offset ?? 0) + (lines[last]?.line.length ?? 0),
      addressed: false,
      rowNumbers: rows.map((_, row) => row + 1),
      columnNumbers: (rows[0] ?? []).map((_, column) => column + 1),
      rows,
    });
    index = last;
  }
  return tables;
}

function cellsOf(line: string): readonly string[] {
  const bare = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return bare.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function linesOutsideCode(text: string): readonly { readonly line: string; readonly offset: number }[] {
  const lines: { line: string; offset: number }[] = [];
  let offset = 0;
  let fence: string | null = null;
  for (const line of text.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === null && mark !== undefined) fence = mark;
    else if (fence !== null) {
      if (mark?.startsWith(fence) === true) fence = null;
    } else lines.push({ line, offset });
    offset += line.length + 1;
  }
  return lines;
}
