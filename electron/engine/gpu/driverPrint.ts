import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where Linux keeps what names the Vulkan drivers, and the drivers themselves. */
const icdFolders = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d'];
const libraryFolders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'];
const nvidiaVersion = '/proc/driver/nvidia/version';

/**
 * Changes when a graphics driver of this computer does. ggml tells no driver's version, so this is what the drivers' files and the kernel's module look
 * like; on other systems than Linux it is the system's version, which brings the drivers along.
 */
export function driverPrint(systemVersion: string): string {
  const hash = createHash('sha256').update(systemVersion);
  if (process.platform === 'linux') {
    hash.update(textOf(nvidiaVersion));
    for (const file of icdFolders.flatMap(filesIn)) {
      const manifest = textOf(file);
      hash.update(manifest);
      const library = /"library_path"\s*:\s*"([^"]+)"/.exec(manifest)?.[1];
      if (library === undefined) continue;
      for (const path of library.startsWith('/') ? [library] : libraryFolders.map((folder) => join(folder, library)))
        hash.update(looksOf(path));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function looksOf(path: string): string {
  try {
    const { size, mtimeMs } = statSync(path);
    return `${path} ${size} ${mtimeMs}`;
  } catch {
    return '';
  }
}
