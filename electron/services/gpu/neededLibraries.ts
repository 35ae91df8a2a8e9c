import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const usualFolders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib64', '/usr/lib', '/lib/x86_64-linux-gnu', '/usr/local/lib'];

/** Those of the libraries that this computer's linker would not find. */
export async function missingLibraries(names: readonly string[]): Promise<readonly string[]> {
  const known = await linkerCache();
  const folders = [...(process.env['LD_LIBRARY_PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''), ...usualFolders];
  return names.filter((name) => !known.has(name) && !folders.some((folder) => existsSync(join(folder, name))));
}

/** What the linker has in its cache; nothing where that cannot be asked. */
async function linkerCache(): Promise<ReadonlySet<string>> {
  try {
    const { stdout } = await promisify(execFile)('/sbin/ldconfig', ['-p'], { maxBuffer: 16 << 20 });
    return new Set(stdout.split('\n').flatMap((line) => /^\s+(\S+) \(/.exec(line)?.[1] ?? []));
  } catch {
    return new Set();
  }
}
