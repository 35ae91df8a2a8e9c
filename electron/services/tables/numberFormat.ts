/** Digits with their marks, and what stands before and after them. */
const written = /^([^\d]*?)([-+−(]?)([^\d]*?)(\d[\d.,'’\s\u00a0\u202f]*)([^\d]*)$/u;
const general = 'General';

/**
 * The number format of a spreadsheet that shows a value as the document wrote it: its decimals, its groups of thousands and its unit. `General` when the
 * text says something else than the value.
 */
export function numberFormat(text: string, value: number): string {
  const [, before = '', , between = '', body = '', rest = ''] = written.exec(text.trim()) ?? [];
  const digits = body.trim();
  const after = `${body.slice(digits.length)}${rest}`;
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  for (const decimals of last === -1 ? [0] : [digits.length - last - 1, 0]) {
    const whole = decimals === 0 ? digits : digits.slice(0, last);
    const figure = Number(`${whole.replaceAll(/\D/g, '')}${decimals === 0 ? '' : `.${digits.slice(last + 1)}`}`);
    const percent = after.trim() === '%' && close(figure, Math.abs(value) * 100);
    if (digits === '' || (!percent && !close(figure, Math.abs(value)))) continue;
    const shape = `${/\D/.test(whole) ? '#,##' : ''}0${decimals === 0 ? '' : `.${'0'.repeat(decimals)}`}`;
    const sign = between === '' ? before : `${before}${between}`;
    return `${quoted(sign.replaceAll(/[()]/g, ''))}${shape}${percent ? '%' : quoted(after.replaceAll(/[()]/g, ''))}`;
  }
  return general;
}

function close(a: number, b: number): boolean {
  return Math.abs(a - b) <= Math.abs(b) * 1e-12;
}

function quoted(text: string): string {
  return text === '' ? '' : `"${text.replaceAll('"', '')}"`;
}
