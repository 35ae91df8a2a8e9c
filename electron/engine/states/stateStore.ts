import { mkdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { CacheFile } from '../cacheFolder.ts';
import { type PrefixHash, prefixHashes } from './prefixHashes.ts';
import { peekStateFile, type ReadState, readStateFile, writeStateFile } from './stateFile.ts';
import { allowedBytes, listStateFiles, stateFileName } from './stateFiles.ts';
import { fits, type StateHeader, type StateIdentity } from './stateHeader.ts';
import { stateKey } from './stateKey.ts';
import type { StateShape } from './stateShape.ts';

/** A state on disk that begins as a prompt does. */
export interface FoundState {
  readonly path: string;
  /** Tokens that need not be read when it is taken up, as the file says. */
  readonly shared: number;
}

/**
 * Conversations' states on disk, so that a later process goes on where an earlier one stopped. Only ever a shortcut: whatever is wrong with a file
 * reads as "not there". Several processes may use one folder.
 */
export interface StateStore {
  /** The state that shares most with this prompt; null when there is none of `identity`, or none that holds more than `least` tokens of it. */
  find(
    prompt: Pick<StateShape, 'tokens' | 'imageKeys'>,
    wish: { readonly identity: StateIdentity; readonly least: number; readonly most: number },
  ): Promise<FoundState | null>;
  /** Reads it and checks that this installation wrote it. One that is unusable is deleted. `fresh` is handed the memory that is about to be filled. */
  read(path: string, fresh?: (body: Uint8Array) => void): Promise<ReadState>;
  /** Takes the place of the owner's older state; false when it is too large to be kept. @throws Error of the file system; AbortError */
  save(header: StateHeader, body: Uint8Array, options: { readonly mostBytes: number; readonly signal: AbortSignal }): Promise<boolean>;
}

/** @param folder made with the first state, for this user alone */
export function createStateStore(folder: string): StateStore {
  /** Headers by path, as long as the file is the same. */
  const peeked = new Map<string, { readonly file: CacheFile; readonly header: StateHeader | null }>();

  const headerOf = async (file: CacheFile): Promise<StateHeader | null> => {
    const known = peeked.get(file.path);
    if (known?.file.bytes === file.bytes && known.file.usedAt === file.usedAt) return known.header;
    const header = await peekStateFile(file.path);
    peeked.set(file.path, { file, header });
    return header;
  };
  const all = async (): Promise<readonly ListedState[]> => {
    const files = await listStateFiles(folder);
    return Promise.all(files.map(async (file) => ({ file, header: await headerOf(file) })));
  };
  // Headers are read while nobody waits: the first question takes 2 ms less.
  void all().catch(() => undefined);

  return {
    find: async (prompt, { identity, least, most }) => {
      const usable = (await all()).flatMap(({ file, header }) =>
        header !== null && fits(header, identity) && header.length <= most ? [{ path: file.path, prefixes: header.prefixes }] : [],
      );
      const positions = new Set(usable.flatMap(({ prefixes }) => prefixes.map(({ position }) => position)));
      const wanted = prefixHashes(
        prompt,
        [...positions].toSorted((a, b) => a - b),
      );
      return usable
        .map(({ path, prefixes }) => ({ path, shared: sharedTokens(prefixes, wanted) }))
        .reduce<FoundState | null>((best, state) => (state.shared > (best?.shared ?? least) ? state : best), null);
    },
    read: async (path, fresh) => {
      const state = await readStateFile(path, await stateKey(folder), fresh);
      const now = new Date();
      // Either may fail when another process drops the file right now: nothing is lost by that.
      if (state.kind === 'whole') await utimes(path, now, now).catch(() => undefined);
      else await rm(path, { force: true }).catch(() => undefined);
      return state;
    },
    save: async (header, body, { mostBytes, signal }) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, stateFileName(header.owner, header.identity));
      const others = (await all()).filter(({ file }) => file.path !== path);
      const used = others.reduce((sum, { file }) => sum + file.bytes, 0);
      const allowed = await allowedBytes(folder, mostBytes, used + body.length);
      if (body.length > allowed) return false;
      for (const victim of statesToDrop(others, header, used + body.length - allowed)) await rm(victim, { force: true });
      await writeStateFile(path, { header, body, key: await stateKey(folder), signal });
      return true;
    },
  };
}

interface ListedState {
  readonly file: CacheFile;
  readonly header: StateHeader | null;
}

/** Paths to delete so that at least `bytes` are freed: first those whose longest part is in the new state too, then the least recently used. */
function statesToDrop(states: readonly ListedState[], coming: StateHeader, bytes: number): readonly string[] {
  const repeated = ({ header }: ListedState): boolean =>
    header !== null && fits(header, coming.identity) && sharedTokens(header.prefixes, coming.prefixes) > header.length / 2;
  const order = states.toSorted((a, b) => Number(repeated(b)) - Number(repeated(a)) || a.file.usedAt - b.file.usedAt);
  const victims: string[] = [];
  let freed = 0;
  for (const { file } of order) {
    if (freed >= bytes) break;
    victims.push(file.path);
    freed += file.bytes;
  }
  return victims;
}

/** The longest prefix that both have; 0 for none. */
function sharedTokens(prefixes: readonly PrefixHash[], others: readonly PrefixHash[]): number {
  const hashes = new Map(others.map(({ position, hash }) => [position, hash]));
  return prefixes.reduce((most, { position, hash }) => (hashes.get(position) === hash ? Math.max(most, position) : most), 0);
}
