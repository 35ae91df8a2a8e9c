import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { facetError } from '../../shared/errors.ts';
import { diskError } from '../disk/diskErrors.ts';
import { syncFolder } from '../disk/syncFolder.ts';
import { feedHash } from './hashFile.ts';

/** What a finished file must be. `name` is for messages. */
export interface ExpectedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A file that grows by appending and becomes visible under its final name only when size and hash are right. */
export interface PartialFile {
  received(): number;
  /** @throws FacetError checksumMismatch when there is more than expected; diskFull; diskFailed */
  append(bytes: Uint8Array): Promise<void>;
  /** Throws away what was received. */
  restart(): Promise<void>;
  /** Verifies, flushes and renames. On a wrong hash the bytes are thrown away. @throws FacetError checksumMismatch, diskFailed */
  finish(target: string): Promise<void>;
  /** Keeps the bytes for the next time. Harmless after `finish`. */
  close(): Promise<void>;
}

/** Opens or creates `path`. What is there already is hashed first, so that resuming ends with the hash of the whole. @throws FacetError diskFailed */
export async function openPartialFile(path: string, expected: ExpectedFile, signal: AbortSignal): Promise<PartialFile> {
  const fail = async (error: unknown): Promise<never> => {
    throw await diskError(error, path, expected.bytes - received);
  };
  let hash = createHash('sha256');
  let received = 0;
  let isOpen = true;
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;
  const handle = await open(path, flags, 0o600).catch(fail);

  const restart = async (): Promise<void> => {
    await handle.truncate(0).catch(fail);
    hash = createHash('sha256');
    received = 0;
  };
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await handle.sync().catch(() => undefined);
    await handle.close();
  };

  try {
    const { size } = await handle.stat();
    if (size > expected.bytes) await restart();
    else if (size > 0) received = await feedHash(hash, path, undefined, signal);
  } catch (error) {
    await close();
    await fail(error);
  }

  return {
    received: () => received,
    restart,
    close,
    async append(bytes) {
      if (received + bytes.length > expected.bytes) {
        throw facetError('checksumMismatch', {
          file: expected.name,
          expected: `${expected.bytes} bytes`,
          actual: `more than ${expected.bytes} bytes`,
        });
      }
      let written = 0;
      while (written < bytes.length) {
        const result = await handle.write(bytes, written, bytes.length - written, received + written).catch(fail);
        written += result.bytesWritten;
      }
      hash.update(bytes);
      received += bytes.length;
    },
    async finish(target) {
      const complete = received === expected.bytes;
      const actual = complete ? hash.copy().digest('hex') : `${received} bytes`;
      if (actual !== expected.sha256) {
        await restart();
        throw facetError('checksumMismatch', {
          file: expected.name,
          expected: complete ? expected.sha256 : `${expected.bytes} bytes`,
          actual,
        });
      }
      await handle.sync().catch(fail);
      await close();
      await rename(path, target).catch(fail);
      await syncFolder(dirname(target)).catch(fail);
    },
  };
}
