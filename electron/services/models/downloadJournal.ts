import { readFile, rm, writeFile } from 'node:fs/promises';

/** What the bytes of a partial download belong to. */
export interface DownloadJournal {
  readonly url: string;
  /** Strong ETag of the server's file; null when it sent none. */
  readonly etag: string | null;
}

/** The journal beside a partial file; null when there is none or it is damaged. */
export async function readJournal(path: string): Promise<DownloadJournal | null> {
  try {
    const data = JSON.parse(await readFile(path, 'utf8')) as Partial<Record<keyof DownloadJournal, unknown>> | null;
    if (data === null || typeof data.url !== 'string') return null;
    return { url: data.url, etag: typeof data.etag === 'string' ? data.etag : null };
  } catch {
    // A journal only saves a restart; the hash decides in the end.
    return null;
  }
}

export async function writeJournal(path: string, journal: DownloadJournal): Promise<void> {
  await writeFile(path, JSON.stringify(journal), { mode: 0o600 });
}

export async function removeJournal(path: string): Promise<void> {
  await rm(path, { force: true });
}
