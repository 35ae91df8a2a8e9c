import { constants } from 'node:fs';
import { link, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { facetError } from '../../shared/errors.ts';
import { syncFolder } from '../disk/syncFolder.ts';
import { hashFile } from './hashFile.ts';

const stepBytes = 4 * 1024 ** 2;
/** Under this ending a copy grows until it is verified. */
const growing = '.moving';

/** What copying a file of so many bytes counts as progress: each byte is written and read back. */
export function workOf(bytes: number): number {
  return 2 * bytes;
}

/**
 * Has a second name of the file at `target`, or a copy of it that was read back and is the same. A copy that was cut off goes on where it stopped; one that
 * is whole is left alone. `onWork` gets what was done of `workOf` its bytes.
 * @param sha256 of the source where it is known @throws FacetError checksumMismatch, the file system's error, or AbortError
 */
export async function copyVerified(
  source: string,
  target: string,
  sha256: string | null,
  onWork: (done: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const facts = await stat(source);
  const there = await stat(target).catch(() => null);
  // A time may lose its last digits on the way.
  const isThere = there?.size === facts.size && Math.abs(there.mtimeMs - facts.mtimeMs) < 2;
  if (isThere) {
    onWork(workOf(facts.size));
    return;
  }
  // On one disk a second name is enough, and takes no time.
  const linked = await link(source, target).then(
    () => true,
    () => false,
  );
  if (linked) {
    onWork(workOf(facts.size));
    return;
  }
  await appendRest(source, target + growing, facts.size, onWork, signal);
  const expected = sha256 ?? (await hashFile(source, undefined, signal));
  const actual = await hashFile(target + growing, (done) => onWork(facts.size + done), signal);
  if (actual !== expected) {
    await rm(target + growing, { force: true });
    throw facetError('checksumMismatch', { file: source, expected, actual });
  }
  await utimes(target + growing, facts.atimeMs / 1_000, facts.mtimeMs / 1_000);
  await rename(target + growing, target);
  await syncFolder(dirname(target));
}

async function appendRest(
  source: string,
  target: string,
  bytes: number,
  onWork: (done: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const from = await open(source, 'r');
  const to = await open(target, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  try {
    let done = Math.min((await to.stat()).size, bytes);
    await to.truncate(done);
    const buffer = Buffer.allocUnsafe(stepBytes);
    while (done < bytes) {
      signal.throwIfAborted();
      const { bytesRead } = await from.read(buffer, 0, Math.min(buffer.length, bytes - done), done);
      if (bytesRead === 0) throw facetError('fileUnreadable', { file: source, reason: 'it got shorter while it was copied' });
      let written = 0;
      while (written < bytesRead) written += (await to.write(buffer, written, bytesRead - written, done + written)).bytesWritten;
      done += bytesRead;
      onWork(done);
    }
    await to.sync();
  } finally {
    await to.close();
    await from.close();
  }
}
