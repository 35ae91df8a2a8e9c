import { open } from 'node:fs/promises';

/** Makes renames in this folder survive a power cut. Windows has no such call and needs none. @throws the file system's error */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
