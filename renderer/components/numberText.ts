/** What a number field takes. Bounds are inclusive. */
export interface NumberRange {
  readonly minimum: number;
  readonly maximum: number;
  /** True when the minimum itself is not allowed, as in 0 < p <= 1. */
  readonly aboveMinimum?: boolean;
  /** Whole numbers only. */
  readonly whole?: boolean;
}

export type NumberReading = { readonly kind: 'value'; readonly value: number } | { readonly kind: 'invalid'; readonly reason: string };

/** Plain decimal notation with optional group separators; no hexadecimal, no "Infinity". */
const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/iu;

/** Reads what a person typed. Spaces and commas between thousands are accepted, one decimal comma too. */
export function readNumber(text: string, range: NumberRange): NumberReading {
  const plain = plainDecimal(text.trim());
  if (plain === '') return invalid(`Type a number ${describeRange(range)}.`);
  const value = decimal.test(plain) ? Number(plain) : Number.NaN;
  if (!Number.isFinite(value)) return invalid(`“${text.trim()}” is not a number. Type one ${describeRange(range)}.`);
  if (range.whole === true && !Number.isInteger(value)) return invalid(`Type a whole number ${describeRange(range)}.`);
  const tooLow = value < range.minimum || (range.aboveMinimum === true && value === range.minimum);
  if (tooLow || value > range.maximum) return invalid(`Must be ${describeRange(range)}.`);
  return { kind: 'value', value };
}

/** "from 512 to 131,072", "above 0, at most 1". */
export function describeRange({ minimum, maximum, aboveMinimum = false }: NumberRange): string {
  return aboveMinimum
    ? `above ${formatNumber(minimum)}, at most ${formatNumber(maximum)}`
    : `from ${formatNumber(minimum)} to ${formatNumber(maximum)}`;
}

/** With group separators, as people read it. */
export function formatNumber(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 6 });
}

/** One step up or down, kept inside the range and free of binary rounding dust. */
export function stepNumber(value: number, step: number, direction: 1 | -1, range: NumberRange): number {
  const moved = Number((value + step * direction).toPrecision(12));
  const lowest = range.aboveMinimum === true ? Number((range.minimum + step).toPrecision(12)) : range.minimum;
  return Math.min(range.maximum, Math.max(lowest, moved));
}

function plainDecimal(text: string): string {
  const tight = text.replaceAll(/[\s\u00A0\u202F]/gu, '');
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/u.test(tight)) return tight.replaceAll(',', '');
  return /^[+-]?\d*,\d+$/u.test(tight) ? tight.replace(',', '.') : tight;
}

function invalid(reason: string): NumberReading {
  return { kind: 'invalid', reason };
}
