export type RtfToken =
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  /** `value` is null for a word without a number. */
  | { readonly kind: 'word'; readonly word: string; readonly value: number | null }
  /** Bytes of text, one character each. */
  | { readonly kind: 'bytes'; readonly bytes: string };

/** The tokens of an RTF file, whose bytes are the characters of `source`. */
export function* rtfTokens(source: string): Generator<RtfToken> {
  // eslint-disable-next-line no-control-regex -- zero bytes stand between parts of some files
  const pattern = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n\u0000]+|([^\\{}\r\n\u0000]+)/giy;
  let match = pattern.exec(source);
  while (match !== null) {
    const [, word, number, hex, symbol, brace, text] = match;
    if (word !== undefined) {
      const value = number === undefined ? null : Number(number);
      // Raw bytes of a picture follow this word.
      if (word === 'bin' && value !== null && value > 0) pattern.lastIndex += value;
      else yield { kind: 'word', word, value };
    } else if (hex !== undefined) yield { kind: 'bytes', bytes: String.fromCharCode(Number.parseInt(hex, 16)) };
    else if (symbol !== undefined) yield symbolToken(symbol);
    else if (brace !== undefined) yield { kind: brace === '{' ? 'open' : 'close' };
    else if (text !== undefined) yield { kind: 'bytes', bytes: text };
    match = pattern.exec(source);
  }
}

function symbolToken(symbol: string): RtfToken {
  switch (symbol) {
    case '~':
      return { kind: 'word', word: 'nonbreakingspace', value: null };
    case '-':
      return { kind: 'word', word: 'optionalhyphen', value: null };
    case '_':
      return { kind: 'word', word: 'nonbreakinghyphen', value: null };
    case '\n':
    case '\r':
      return { kind: 'word', word: 'par', value: null };
    case '*':
      return { kind: 'word', word: '*', value: null };
    default:
      return { kind: 'bytes', bytes: symbol };
  }
}
