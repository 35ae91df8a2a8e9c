import { createHash } from 'node:crypto';
import type { StateShape } from './stateShape.ts';

/** What two conversations that begin alike have in common: the hash of their first tokens, pictures by their content. */
export interface PrefixHash {
  /** Tokens that it covers. */
  readonly position: number;
  /** Hex. */
  readonly hash: string;
}

/** Bytes of a hash that are kept: enough to tell prefixes apart; whether they are equal is compared token by token after the state was taken up. */
const hashBytes = 16;

/** @param positions ascending, never inside a picture's view; those beyond the last token are left out */
export function prefixHashes(
  { tokens, imageKeys }: Pick<StateShape, 'tokens' | 'imageKeys'>,
  positions: readonly number[],
): readonly PrefixHash[] {
  const hash = createHash('sha256');
  const ids = idsWithKeys(tokens);
  const found: PrefixHash[] = [];
  let done = 0;
  for (const position of positions) {
    if (position * 2 > tokens.length) break;
    for (const piece of ids(done, position)) hash.update(typeof piece === 'number' ? (imageKeys[piece - 1] ?? '') : piece);
    done = position;
    found.push({
      position,
      hash: hash
        .copy()
        .digest('hex')
        .slice(0, hashBytes * 2),
    });
  }
  return found;
}

/** The ids as bytes, with the number of each view before its first token. */
function idsWithKeys(tokens: Int32Array): (from: number, to: number) => Iterable<Uint8Array | number> {
  let image = 0;
  return function* (from, to) {
    const ids = new Int32Array(to - from);
    let filled = 0;
    const bytes = (): Uint8Array => new Uint8Array(ids.buffer, 0, filled * ids.BYTES_PER_ELEMENT);
    for (let index = from; index < to; index += 1) {
      const here = tokens[2 * index + 1] ?? 0;
      if (here !== image && here !== 0) {
        yield bytes();
        yield here;
        filled = 0;
      }
      image = here;
      ids[filled] = tokens[2 * index] ?? 0;
      filled += 1;
    }
    yield bytes();
  };
}
