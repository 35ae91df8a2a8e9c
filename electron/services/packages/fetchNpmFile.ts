import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { facetError } from '../../shared/errors.ts';
import { requireSpace } from '../disk/diskErrors.ts';
import { folderBytes } from '../disk/folderBytes.ts';
import { feedHash, hashFile } from '../models/hashFile.ts';

/** Named in errors; npm decides which registry that is. */
export const packageSource = 'the npm registry';

const progressMs = 250;

/** One file of an archive that npm has. */
export interface NpmFile {
  /** As npm knows it. */
  readonly package: string;
  readonly version: string;
  /** npm's integrity of the archive. */
  readonly integrity: string;
  /** Of the archive. */
  readonly bytes: number;
  /** The file inside the archive, and what it must be. */
  readonly member: string;
  readonly memberBytes: number;
  readonly sha256: string;
}

export interface NpmFetch {
  readonly file: NpmFile;
  /** Where it is put when all of it is right. */
  readonly target: string;
  readonly signal: AbortSignal;
  /** Bytes of the archive that are here. */
  readonly onReceived: (bytes: number) => void;
}

/**
 * Fetches one file out of a package. The archive comes through npm, whose registry, proxy and credentials apply, and must be to the byte the one that this
 * Facet was made with; so must the file in it.
 * @throws FacetError networkFailed, checksumMismatch, diskFull, or AbortError
 */
export async function fetchNpmFile({ file, target, signal, onReceived }: NpmFetch): Promise<void> {
  const folder = dirname(target);
  const scratch = join(folder, `incoming-${basename(target)}-${process.pid}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await requireSpace(folder, 2 * file.bytes + file.memberBytes);
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { mode: 0o700 });
  const report = async (): Promise<void> => onReceived(Math.min(file.bytes, await folderBytes(scratch)));
  const timer = setInterval(() => void report(), progressMs);
  try {
    await npmPack(`${file.package}@${file.version}`, scratch, signal);
    const [name] = (await readdir(scratch)).filter((entry) => entry.endsWith('.tgz'));
    if (name === undefined) throw facetError('networkFailed', { host: packageSource, reason: `npm brought no file for ${file.package}` });
    const archive = join(scratch, name);
    const hash = createHash('sha512');
    await feedHash(hash, archive, undefined, signal);
    const actual = `sha512-${hash.digest('base64')}`;
    if (actual !== file.integrity) throw facetError('checksumMismatch', { file: file.package, expected: file.integrity, actual });
    clearInterval(timer);
    onReceived(file.bytes);
    const extracted = join(scratch, 'extracted');
    await extract(archive, file.member, extracted, signal);
    const sha256 = await hashFile(extracted, undefined, signal);
    if (sha256 !== file.sha256)
      throw facetError('checksumMismatch', { file: basename(file.member), expected: file.sha256, actual: sha256 });
    await rename(extracted, target);
  } finally {
    clearInterval(timer);
    await rm(scratch, { recursive: true, force: true });
  }
}

/** npm keeps what it receives in its cache, which lies in the scratch folder so that progress can be read there. */
function npmPack(spec: string, scratch: string, signal: AbortSignal): Promise<void> {
  const args = ['pack', spec, '--pack-destination', scratch, '--cache', join(scratch, 'cache'), '--ignore-scripts', '--loglevel', 'error'];
  return new Promise((resolve, reject) => {
    execFile('npm', args, { cwd: scratch, signal, shell: process.platform === 'win32' }, (error, _output, complaint) => {
      if (error === null) resolve();
      else if (signal.aborted) reject(facetError('cancelled', {}, error));
      else {
        const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
        const reason = isMissing ? 'this computer has no npm' : (complaint.trim().split('\n').at(0) ?? error.message);
        reject(facetError('networkFailed', { host: packageSource, reason }, error));
      }
    });
  });
}

async function extract(archive: string, member: string, target: string, signal: AbortSignal): Promise<void> {
  const tar = spawn('tar', ['-xzOf', archive, member], { stdio: ['ignore', 'pipe', 'ignore'], signal });
  const ended = new Promise<number | null>((resolve, reject) => {
    tar.on('error', reject);
    tar.on('close', resolve);
  });
  ended.catch(() => undefined);
  await pipeline(tar.stdout, createWriteStream(target, { mode: 0o600 }), { signal });
  const code = await ended;
  if (code !== 0) throw facetError('internal', { message: `tar could not take ${member} out of its archive (${String(code)})` });
}
