import type { TableCell } from '../../shared/documents.ts';
import type { ColumnType } from '../../shared/tableQuery.ts';
import { type DecimalMark, decimalMark, numberReader } from './writtenNumbers.ts';

export type ColumnValue = string | number | null;

/** A column as it is computed with. */
export interface Column {
  readonly type: ColumnType;
  readonly values: readonly ColumnValue[];
  /** A value of a question, written as in the document, in the column's own terms; null when it is none of that type. */
  read(value: string | number | boolean): ColumnValue;
}

const noValue = /^(?:|[-–—]|n\/?a|none|null)$/i;

/** What the cells of a column are: numbers or dates when every cell that holds anything is one, else text. Units and separators are understood; `usualMark` is the table's, for columns that leave it open. */
export function readColumn(cells: readonly TableCell[], usualMark: DecimalMark | null = null): Column {
  const texts = textsOf(cells);
  const known = texts.flatMap((text) => text ?? []);
  const numberOf = numberReader(known, usualMark);
  const numbers = cells.map((cell, index) => {
    if (texts[index] === null) return null;
    return cell.type === 'number' && typeof cell.value === 'number' ? cell.value : numberOf.inColumn(cell.text);
  });
  if (known.length > 0 && numbers.every((number, index) => number !== null || texts[index] === null) && !isCode(known)) {
    return { type: 'number', values: numbers, read: (value) => (typeof value === 'number' ? value : numberOf.alone(String(value))) };
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

/** The mark of decimals that the cells of a column show beyond doubt; null when they do not. */
export function decimalMarkOf(cells: readonly TableCell[]): DecimalMark | null {
  return decimalMark(textsOf(cells).flatMap((text) => text ?? []));
}

function textsOf(cells: readonly TableCell[]): readonly (string | null)[] {
  return cells.map((cell) => (cell.type === 'empty' || noValue.test(cell.text.trim()) ? null : cell.text.trim()));
}

/** Numbers that only name things: with leading zeros, such as postcodes. */
function isCode(texts: readonly string[]): boolean {
  return texts.some((text) => /^0\d/.test(text));
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
