import { facetError } from '../../shared/errors.ts';
import { cellAddress } from '../../shared/documents.ts';
import type { ExportCell, ExportSheet } from './exportSheet.ts';
import { numberFormat } from './numberFormat.ts';
import { zipFile } from './zipFile.ts';

/** What Excel takes; ECMA-376 has no limits of its own. */
const most = { rows: 1_048_576, columns: 16_384, characters: 32_767, sheetName: 31 };
/** Numbers below are built into Excel. */
const firstOwnFormat = 164;
const dayMs = 86_400_000;
/** Day 0 of Excel's calendar; right from March 1900 on. */
const dayZero = Date.UTC(1899, 11, 30);
const firstRightDay = 61;

/** A workbook of one sheet: text as text, never as a formula; numbers and dates as such, shown as the document wrote them. @throws FacetError invalidRequest for more than a sheet holds */
export function writeXlsx({ columns, rows }: ExportSheet, name: string): Buffer {
  if (rows.length >= most.rows || columns.length > most.columns) refuse(`a sheet holds ${most.rows} rows and ${most.columns} columns`);
  const formats = new Map<string, number>([['General', 0]]);
  const styleOf = (format: string): number => {
    const style = formats.get(format) ?? formats.size;
    formats.set(format, style);
    return style;
  };
  const header = columns.map((text): ExportCell => ({ value: text, type: 'text', text }));
  const lines = [header, ...rows].map(
    (row, at) => `<row r="${at + 1}">${row.map((cell, column) => cellXml(cell, cellAddress(at + 1, column + 1), styleOf)).join('')}</row>`,
  );
  const sheet = `<sheetData>${lines.join('')}</sheetData>`;
  return zipFile([
    {
      name: '[Content_Types].xml',
      text: `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${parts
        .map(({ path, type }) => `<Override PartName="/${path}" ContentType="${spreadsheet}.${type}+xml"/>`)
        .join('')}</Types>`,
    },
    { name: '_rels/.rels', text: relations([{ type: 'officeDocument', target: 'xl/workbook.xml' }]) },
    {
      name: 'xl/workbook.xml',
      text: `${head}<workbook ${main} xmlns:r="${relation}"><sheets><sheet name="${escaped(sheetName(name))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: relations([
        { type: 'worksheet', target: 'worksheets/sheet1.xml' },
        { type: 'styles', target: 'styles.xml' },
      ]),
    },
    { name: 'xl/styles.xml', text: styles([...formats.keys()]) },
    { name: 'xl/worksheets/sheet1.xml', text: `${head}<worksheet ${main}>${sheet}</worksheet>` },
  ]);
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const parts = [
  { path: 'xl/workbook.xml', type: 'sheet.main' },
  { path: 'xl/styles.xml', type: 'styles' },
  { path: 'xl/worksheets/sheet1.xml', type: 'worksheet' },
];

function relations(targets: readonly { readonly type: string; readonly target: string }[]): string {
  const each = targets.map(({ type, target }, at) => `<Relationship Id="rId${at + 1}" Type="${relation}/${type}" Target="${target}"/>`);
  return `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`;
}

/** One cell style for each number format, in their order; the first is General. */
function styles(formats: readonly string[]): string {
  const own = formats.slice(1);
  const list = own.map((format, at) => `<numFmt numFmtId="${firstOwnFormat + at}" formatCode="${escaped(format)}"/>`).join('');
  const cells = formats.map(
    (_, at) => `<xf numFmtId="${at === 0 ? 0 : firstOwnFormat + at - 1}" fontId="0" fillId="0" borderId="0" xfId="0"/>`,
  );
  return (
    `${head}<styleSheet ${main}>${own.length === 0 ? '' : `<numFmts count="${own.length}">${list}</numFmts>`}` +
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>' +
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>' +
    `<cellXfs count="${cells.length}">${cells.join('')}</cellXfs></styleSheet>`
  );
}

function cellXml(cell: ExportCell, address: string, styleOf: (format: string) => number): string {
  const { value, type, text } = cell;
  if (value === null || text === '') return text === '' ? '' : textXml(text, address);
  if (type === 'number' && typeof value === 'number') {
    const style = styleOf(numberFormat(text, value));
    return `<c r="${address}"${style === 0 ? '' : ` s="${style}"`}><v>${value}</v></c>`;
  }
  const day = type === 'date' && typeof value === 'string' ? dayNumber(value) : null;
  if (day === null) return textXml(typeof value === 'string' && type === 'text' ? value : text, address);
  return `<c r="${address}" s="${styleOf(Number.isInteger(day) ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm:ss')}"><v>${day}</v></c>`;
}

function textXml(text: string, address: string): string {
  if (text.length > most.characters) refuse(`a cell of a sheet holds ${most.characters} characters; as CSV it would fit`);
  return `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

/** Days since Excel's day 0; null for what its calendar does not have. */
function dayNumber(iso: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2})?$/.test(iso)) return null;
  const day = (Date.parse(`${iso}${iso.includes('T') ? '' : 'T00:00:00'}Z`) - dayZero) / dayMs;
  return day >= firstRightDay ? day : null;
}

function sheetName(name: string): string {
  const allowed = name
    .replaceAll(/[[\]:*?/\\\p{Cc}]/gu, ' ')
    .replaceAll(/^'+|'+$/g, '')
    .trim();
  return allowed === '' ? 'Table' : allowed.slice(0, most.sheetName);
}

/** What XML cannot hold becomes the replacement character. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function refuse(reason: string): never {
  throw facetError('invalidRequest', { field: 'format', reason });
}
