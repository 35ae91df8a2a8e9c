import type { ExportCell, ExportSheet } from './exportSheet.ts';

/** What a spreadsheet would take for the beginning of a formula. */
const formula = /^[=+\-@\t\r]/;

/** As RFC 4180, in UTF-8 with a byte order mark, without which Excel guesses another encoding. Text that would run as a formula gets an apostrophe before it. */
export function writeCsv({ columns, rows }: ExportSheet): string {
  const header = columns.map((text): ExportCell => ({ value: text, type: 'text', text }));
  return `\ufeff${[header, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')}`;
}

function field({ type, text }: ExportCell): string {
  const safe = type === 'text' && formula.test(text) ? `'${text}` : text;
  return /[",\r\n;]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
