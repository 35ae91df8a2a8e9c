import type { TableCell } from '../../shared/documents.ts';
import type { ColumnType } from '../../shared/tableQuery.ts';

export type ColumnValue = string | number | null;

/** A column as it is computed with. */
export interface Column {
  readonly type: ColumnType;
  readonly values: readonly ColumnValue[];
  /** A value of a question, written as in the document, in the column's own terms; null when it is none of that type. */
  read(value: string | number | boolean): ColumnValue;
}

const noValue = /^(?:|[-–—]|n\/?a|none|null)$/i;
/** The sign before or after a currency's mark or short code, the digits, a unit. A word or a code before the digits makes it a name of something. */
const numberShape =
  /^(?<outer>[-+−]?)\s*(?<before>(?:\p{Sc}|\p{Lu}{2,3}\s)?)\s*(?<inner>[-+−]?)\s*(?<body>\d[\d.,'’\s\u00a0\u202f]*)(?<after>[^\d]*)$/u;

interface WrittenNumber {
  readonly sign: string;
  readonly unit: string;
  readonly body: string;
}

function splitNumber(text: string): WrittenNumber | null {
  const { outer = '', before = '', inner = '', body = '', after = '' } = numberShape.exec(text.trim())?.groups ?? {};
  if (body === '' || (outer !== '' && inner !== '')) return null;
  return { sign: outer === '' ? inner : outer, unit: `${before.trim()}${after.trim()}`, body: body.trim() };
}

/** What the cells of a column are: numbers or dates when every cell that holds anything is one, else text. Units and separators are understood. */
export function readColumn(cells: readonly TableCell[]): Column {
  const texts = cells.map((cell) => (cell.type === 'empty' || noValue.test(cell.text.trim()) ? null : cell.text.trim()));
  const known = texts.flatMap((text) => text ?? []);
  const numberOf = numberReader(known);
  const numbers = cells.map((cell, index) => {
    if (texts[index] === null) return null;
    return cell.type === 'number' && typeof cell.value === 'number' ? cell.value : numberOf(cell.text);
  });
  if (known.length > 0 && numbers.every((number, index) => number !== null || texts[index] === null) && !isCode(known)) {
    return { type: 'number', values: numbers, read: (value) => (typeof value === 'number' ? value : numberOf(String(value))) };
  }
  const dateOf = dateReader(known);
  const dates = cells.map((cell, index) => {
    if (texts[index] === null) return null;
    return cell.type === 'date' && typeof cell.value === 'string' ? cell.value : dateOf(cell.text);
  });
  if (known.length > 0 && dates.every((date, index) => date !== null || texts[index] === null)) {
    return { type: 'date', values: dates, read: (value) => dateOf(String(value)) };
  }
  return { type: 'text', values: texts, read: String };
}

/** Numbers that only name things: with leading zeros, such as postcodes. */
function isCode(texts: readonly string[]): boolean {
  return texts.some((text) => /^0\d/.test(text));
}

/** Reads numbers as this column writes them; the mark of decimals is told by all of them together. */
function numberReader(texts: readonly string[]): (text: string) => number | null {
  const bodies = texts.map((text) => splitNumber(text)?.body ?? '');
  const comma =
    bodies.some((body) => /,\d{1,2}$|,\d{4,}$|\.\d{3},/.test(body)) && !bodies.some((body) => /,\d{3}\.|^\d+\.\d{1,2}$/.test(body));
  const dotGroups = comma || (bodies.some((body) => /\.\d{3}\.\d{3}/.test(body)) && !bodies.some((body) => body.includes(',')));
  const unit = commonUnit(texts);
  return (text) => {
    const written = splitNumber(text);
    if (written === null) return null;
    const { sign, body } = written;
    if (unit !== null && written.unit !== unit && written.unit !== '') return null;
    const bare = body.replaceAll(/['’\s  ]/gu, '');
    const plain = comma ? bare.replaceAll('.', '').replace(',', '.') : (dotGroups ? bare.replaceAll('.', '') : bare).replaceAll(',', '');
    if (!/^\d+(?:\.\d+)?$/.test(plain)) return null;
    const value = Number(plain);
    return sign === '-' || sign === '−' ? -value : value;
  };
}

/** The one unit that numbers of a column carry; `null` when it cannot be told from a question's own words. Different units are not one column of numbers. */
function commonUnit(texts: readonly string[]): string | null {
  const units = new Set(texts.flatMap((text) => splitNumber(text)?.unit ?? []));
  units.delete('');
  return units.size === 0 ? null : ([...units][0] ?? null);
}

/** Reads dates as ISO 8601; which of two numbers is the day is told by all dates of the column together, and not guessed. */
function dateReader(texts: readonly string[]): (text: string) => string | null {
  const slashed = texts.flatMap((text) => {
    const match = /^(\d{1,2})\/(\d{1,2})\/\d{4}$/.exec(text);
    return match === null ? [] : [[Number(match[1]), Number(match[2])] as const];
  });
  const dayFirst = slashed.some(([first]) => first > 12);
  const monthFirst = slashed.some(([, second]) => second > 12);
  const iso = (year: string, month: string, day: string): string | null => {
    const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    const date = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
  };
  return (text) => {
    const trimmed = text.trim();
    const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(trimmed) ?? [];
    if (year !== '') return iso(year, month, day);
    const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(trimmed);
    if (german !== null) return iso(german[3] ?? '', german[2] ?? '', german[1] ?? '');
    const [, first = '', second = '', last = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(trimmed) ?? [];
    if (last === '' || dayFirst === monthFirst) return null;
    return dayFirst ? iso(last, second, first) : iso(last, first, second);
  };
}
