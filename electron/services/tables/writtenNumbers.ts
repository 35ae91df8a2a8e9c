/** The mark before the decimals. */
export type DecimalMark = '.' | ',';

/** The sign before or after a currency's mark or short code, the digits, a unit. A word or a code before the digits makes it a name of something. */
const numberShape =
  /^(?<outer>[-+−]?)\s*(?<before>(?:\p{Sc}|\p{Lu}{2,3}\s)?)\s*(?<inner>[-+−]?)\s*(?<body>\d[\d.,'’\s\u00a0\u202f]*)(?<after>[^\d]*)$/u;
/** Brackets of bookkeepers, around the figure with or without its unit: a negative one. */
const bracketed = /^(?<before>[^\d()]*)\((?<inside>[^()+−-]*\d[^()+−-]*)\)(?<after>[^\d()]*)$/u;

/** Marks of notes behind a figure or its currency, as in 5 €¹; behind letters they belong to the unit, as in 5 m². */
const noteMarks = /(?<=[\d\p{Sc}%]\s?)[⁰¹²³⁴⁵⁶⁷⁸⁹]+$/u;
/** 10⁶ is a figure that is not written out, and not 10 with a note. */
const powerOfTen = /(?<![\d.,])10[⁰¹²³⁴⁵⁶⁷⁸⁹]/u;

interface WrittenNumber {
  readonly negative: boolean;
  readonly inBrackets: boolean;
  readonly unit: string;
  readonly body: string;
}

function splitNumber(written: string): WrittenNumber | null {
  if (powerOfTen.test(written)) return null;
  const text = written.trim().replace(noteMarks, '');
  const { before: left, inside, after: right } = bracketed.exec(text)?.groups ?? {};
  const inBrackets = inside !== undefined;
  const bare = inBrackets ? `${left}${inside}${right}` : text;
  const { outer = '', before = '', inner = '', body = '', after = '' } = numberShape.exec(bare)?.groups ?? {};
  // Some programs set the sign behind.
  const last = /^\s*([-−])\s*(?=\p{Sc}|$)/u.exec(after)?.[0] ?? '';
  const signs = [outer, inner, last.trim()].filter((sign) => sign !== '');
  if (body === '' || signs.length > (inBrackets ? 0 : 1)) return null;
  return {
    negative: inBrackets || signs[0] === '-' || signs[0] === '−',
    inBrackets,
    unit: `${before.trim()}${after.slice(last.length).trim()}`,
    body: body.replaceAll(/['’\s\u00a0\u202f]/gu, ''),
  };
}

/** What the decimals of these numbers follow, told by all of them together; null when no number shows it, or they contradict one another. */
export function decimalMark(texts: readonly string[]): DecimalMark | null {
  const bodies = texts.map((text) => splitNumber(text)?.body ?? '');
  const comma = bodies.some((body) => /,\d{1,2}$|^\d*,\d{4,}$|^0,|\.\d{3},|\.\d{3}\.\d{3}/.test(body));
  const point = bodies.some((body) => /\.\d{1,2}$|^\d*\.\d{4,}$|^0\.|,\d{3}\.|,\d{3},\d{3}/.test(body));
  return comma === point ? null : comma ? ',' : '.';
}

export interface NumberReader {
  /** A cell of the column; null for what is no number of it. */
  inColumn(text: string): number | null;
  /** A number of a question: as the column writes it, or as it says itself. */
  alone(text: string): number | null;
}

/** Reads numbers as a column writes them; `usual` is the mark where the column does not show its own. */
export function numberReader(texts: readonly string[], usual: DecimalMark | null): NumberReader {
  const mark = decimalMark(texts) ?? usual ?? '.';
  const unit = commonUnit(texts);
  // A column of nothing but figures in brackets numbers its rows or notes.
  const bracketsMean = texts.some((text) => splitNumber(text)?.inBrackets === false);
  const read = (text: string, decimals: DecimalMark): number | null => {
    const written = splitNumber(text);
    if (written === null || (written.inBrackets && !bracketsMean)) return null;
    if (unit !== null && written.unit !== unit && written.unit !== '') return null;
    const value = valueOf(written.body, decimals);
    return value !== null && written.negative ? -value : value;
  };
  return { inColumn: (text) => read(text, mark), alone: (text) => read(text, mark) ?? read(text, decimalMark([text]) ?? mark) };
}

/** Digits in whole groups only: 1.000,00 is nothing where decimals follow a point. */
function valueOf(body: string, decimals: DecimalMark): number | null {
  const plain = decimals === ',' ? body.replaceAll(/[.,]/g, (sign) => (sign === '.' ? ',' : '.')) : body;
  return /^(?:\d+|\d{1,3}(?:,\d{2,3})*,\d{3})(?:\.\d+)?$/.test(plain) ? Number(plain.replaceAll(',', '')) : null;
}

/** The one unit that numbers of a column carry; null when none has any. Different units are not one column of numbers. */
function commonUnit(texts: readonly string[]): string | null {
  const units = new Set(texts.flatMap((text) => splitNumber(text)?.unit ?? []));
  units.delete('');
  return [...units][0] ?? null;
}
