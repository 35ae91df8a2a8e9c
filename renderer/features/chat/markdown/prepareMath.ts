/**
 * Makes the ways models write formulas into the one that remark-math reads, outside of inline code:
 * `\( … \)` becomes `$ … $`, `\[ … \]` becomes `$$ … $$`, and a `$` that stands for money is escaped. A `$` opens a
 * formula only before a non-space and closes it only after a non-space and not before a digit (the rule of Pandoc).
 */
export function prepareMath(text: string): string {
  if (!/[$\\]/.test(text)) return text;
  return text
    .split(/(`+[^`]*`+)/)
    .map((piece, index) => (index % 2 === 1 ? piece : escapeMoney(convertBrackets(piece))))
    .join('');
}

function convertBrackets(text: string): string {
  return text
    .replace(/\\\[([\s\S]+?)\\\]/g, (_whole, tex: string) => `\n$$$$\n${tex.trim()}\n$$$$\n`)
    .replace(/\\\(([^\n]+?)\\\)/g, (_whole, tex: string) => `$${tex.trim()}$`);
}

function escapeMoney(text: string): string {
  let result = '';
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('$', at);
    if (next < 0) break;
    result += text.slice(at, next);
    const run = /^\$+/.exec(text.slice(next))?.[0].length ?? 1;
    const close = run === 1 && text[next - 1] !== '\\' ? closingDollar(text, next) : -1;
    if (run > 1 || text[next - 1] === '\\') {
      result += text.slice(next, next + run);
      at = next + run;
    } else if (close < 0) {
      result += '\\$';
      at = next + 1;
    } else {
      result += text.slice(next, close + 1);
      at = close + 1;
    }
  }
  return result + text.slice(at);
}

function closingDollar(text: string, open: number): number {
  if (/\s/.test(text[open + 1] ?? ' ')) return -1;
  const lineEnd = text.indexOf('\n', open);
  const end = lineEnd < 0 ? text.length : lineEnd;
  for (let close = text.indexOf('$', open + 1); close >= 0 && close < end; close = text.indexOf('$', close + 1)) {
    const opensMoney = /\d/.test(text[close + 1] ?? '');
    if (text[close - 1] !== '\\' && !/\s/.test(text[close - 1] ?? ' ') && !opensMoney && close > open + 1) return close;
    if (opensMoney) return -1;
  }
  return -1;
}
