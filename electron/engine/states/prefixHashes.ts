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
  const pairs = Buffer.from(tokens.buffer, tokens.byteOffset, tokens.byteLength);
  const ids = idsWithKeys(tokens, pairs);
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
function idsWithKeys(tokens: Int32Array, pairs: Buffer): (from: number, to: number) => Iterable<Uint8Array | number> {
  let image = 0;
  return function* (from, to) {
    const ids = new Uint8Array((to - from) * 4);
    let filled = 0;
    for (let index = from; index < to; index += 1) {
      const here = tokens[2 * index + 1] ?? 0;
      if (here !== image && here !== 0) {
        yield ids.slice(0, filled);
        yield here;
        filled = 0;
      }
      image = here;
      ids.set(pairs.subarray(8 * index, 8 * index + 4), filled);
      filled += 4;
    }
    yield ids.subarray(0, filled);
  };
}
