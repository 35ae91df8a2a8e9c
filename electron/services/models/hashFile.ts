import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';

const pieceBytes = 4 * 1024 ** 2;

/** Feeds a file into `hash`, from its start to its end; `onBytes` gets the bytes done so far. @throws the file system's error, or AbortError */
export async function feedHash(hash: Hash, path: string, onBytes?: (done: number) => void, signal?: AbortSignal): Promise<number> {
  let done = 0;
  for await (const piece of createReadStream(path, { highWaterMark: pieceBytes, signal })) {
    const bytes = piece as Buffer;
    hash.update(bytes);
    done += bytes.length;
    onBytes?.(done);
  }
  return done;
}

/** sha256 of a file, lower-case hex. */
export async function hashFile(path: string, onBytes?: (done: number) => void, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await feedHash(hash, path, onBytes, signal);
  return hash.digest('hex');
}
