import type { NamedColumn } from './openTable.ts';

/** How a row is called that adds up those above it, in the languages of common documents. */
const totalWords =
  /^(?:grand|sub|net|gross|overall|column)?[\s-]*(?:total(?:s|e|es)?|sums?)\b|^(?:gesamt|zwischen|end)?summen?\b|^(?:insgesamt|gesamt|somme|totaal|totalt|suma|razem|łącznie|итого|всего|合计|总计|合計)/iu;
/** Rows that stand between a sum and the last total: taxes, rebates, what is to be paid. */
const afterTotalWords =
  /^(?:\+|-|−|plus\b|less\b|incl|excl|vat\b|tax\b|sales tax|gst\b|discount|rebate|shipping|delivery|balance|amount due|mwst|ust\b|umsatzsteuer|mehrwertsteuer|rabatt|versand|zahlbetrag|rechnungsbetrag|tva\b|remise|iva\b|btw\b)/iu;
/** Rows that may follow the first total. */
const mostAfter = 5;

/**
 * Places, from 0, of the rows at the end of a table that total those above them: called so, and a figure is verified to be the sum of its column.
 * Taxes and further totals behind it belong to them. Empty when there are none: a row that is only called so is a row like any other.
 */
export function totalRows(columns: readonly NamedColumn[]): readonly number[] {
  const count = columns[0]?.values.length ?? 0;
  const labels = columns.filter(({ type }) => type === 'text');
  const isCalled = (place: number, words: RegExp): boolean =>
    labels.some(({ values }) => typeof values[place] === 'string' && words.test(values[place]));
  for (let first = Math.max(2, count - 1 - mostAfter); first < count; first++) {
    if (!isCalled(first, totalWords) || !columns.some((column) => isSum(column, first))) continue;
    const places = Array.from({ length: count - first }, (_, index) => first + index);
    return places.every((place) => isCalled(place, totalWords) || isCalled(place, afterTotalWords)) ? places : [];
  }
  return [];
}

/** Whether the value is the sum of two values or more above it, but for the dust of binary fractions. */
function isSum({ type, values }: NamedColumn, place: number): boolean {
  const value = values[place];
  if (type !== 'number' || typeof value !== 'number') return false;
  const above = values.slice(0, place).filter((one) => typeof one === 'number');
  const sum = above.reduce((a, b) => a + b, 0);
  const size = above.reduce((a, b) => a + Math.abs(b), 0);
  return above.length >= 2 && size > 0 && Math.abs(sum - value) <= 1e-9 * size;
}
