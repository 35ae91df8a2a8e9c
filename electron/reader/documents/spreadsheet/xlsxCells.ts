import { dateFromSerial, format, getFormatFromId, isDateFormat } from 'numfmt';
import type { TableCell } from '../../../shared/documents.ts';
import { allNamed, childNamed, elementsOf } from '../markup/parseMarkup.ts';
import type { Package } from '../package/openPackage.ts';

/** Days between Excel's two calendars, which begin in 1900 and in 1904. */
const days1904 = 1_462;

/** A number as the sheet shows it, and its date where its format is one. `style` counts the workbook's cell formats from 0. */
export type NumberReader = (value: number, style: number) => TableCell;

export function createNumberReader(formats: readonly string[], from1904: boolean): NumberReader {
  return (value, style) => {
    const pattern = formats[style] ?? 'General';
    const shown = from1904 && isDate(pattern) ? value + days1904 : value;
    const text = formatted(pattern, shown);
    const date = isDate(pattern) ? isoDate(shown) : null;
    return date === null ? { type: 'number', text, value } : { type: 'date', text: pattern === 'General' ? date : text, value: date };
  };
}

/** Number formats of a workbook by cell format. */
export async function xlsxFormats(xlsx: Package, part: string | undefined): Promise<readonly string[]> {
  if (part === undefined || !xlsx.has(part)) return [];
  const root = elementsOf(await xlsx.xml(part))[0];
  const own = new Map(
    allNamed(root, prefixed(root, 'numFmt')).map(({ attribs }) => [Number(attribs['numFmtId']), attribs['formatCode'] ?? 'General']),
  );
  const cellFormats = childNamed(root, prefixed(root, 'cellXfs'));
  return (cellFormats === undefined ? [] : elementsOf(cellFormats)).map(({ attribs }) => {
    const id = Number(attribs['numFmtId'] ?? 0);
    return own.get(id) ?? getFormatFromId(id);
  });
}

/** Some programs put every element of the file under a prefix. */
export function prefixed(root: { readonly name: string } | undefined, name: string): string {
  const prefix = root?.name.includes(':') === true ? `${root.name.split(':')[0] ?? ''}:` : '';
  return prefix + name;
}

/** Excel writes control characters as `_x000D_`, and such a text itself as `_x005F_x000D_`. */
export function withoutEscapes(text: string): string {
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function isDate(pattern: string): boolean {
  try {
    return isDateFormat(pattern);
  } catch {
    return false;
  }
}

function formatted(pattern: string, value: number): string {
  try {
    return format(pattern, value, { throws: true }).trim();
  } catch {
    // A format that the library does not know; the number itself is what counts.
    return String(value);
  }
}

function isoDate(serial: number): string | null {
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = dateFromSerial(serial) as readonly number[];
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  const time = `${two(hours)}:${two(minutes)}:${two(seconds)}`;
  if (serial >= 0 && serial < 1) return time;
  if (!Number.isFinite(serial) || serial < 1 || year > 9999) return null;
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  return Number.isInteger(serial) ? date : `${date}T${time}`;
}
