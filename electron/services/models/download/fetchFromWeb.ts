import { facetError } from '../../../shared/errors.ts';
import { requireSpace } from '../../disk/diskErrors.ts';
import type { CatalogueFile } from '../catalogue.ts';
import type { CatalogueFiles, ResolvedFile } from '../catalogueFiles.ts';
import { journalledBytes, readJournal } from './downloadJournal.ts';
import { askBytes, askFileFacts } from './fileFacts.ts';
import { persistently } from './persistently.ts';
import type { RetryPolicy } from './retryPolicy.ts';
import type { Throttle } from './throttle.ts';
import { createWebClient, type WebClient } from './webClient.ts';
import { downloadFromWeb } from './webDownload.ts';

/** How Facet goes out to the web; the functions are asked at the start of each file. */
export interface WebAccess {
  readonly retry: RetryPolicy;
  readonly throttle: Throttle;
  /** Address of a proxy; null for what the system's variables say. */
  readonly proxy: () => string | null;
  /** Sent to the hub alone; null for none. */
  readonly token: () => { readonly origin: string; readonly value: string } | null;
}

export interface WebFetch {
  readonly files: CatalogueFiles;
  readonly file: CatalogueFile;
  readonly resolved: ResolvedFile;
  readonly name: string;
  readonly web: WebAccess;
  readonly signal: AbortSignal;
  readonly onReceived: (bytes: number) => void;
}

/** One file from a server into the model folder. What the server says of it is remembered. @throws as `fetchFile` */
export async function fetchFromWeb(fetch: WebFetch): Promise<void> {
  const { files, file, resolved, name, web, signal, onReceived } = fetch;
  const { folder } = files;
  const client = createWebClient({ stallMs: web.retry.stallMs, proxy: web.proxy(), token: web.token() });
  try {
    const known = await withFacts(fetch, client);
    const journalPath = folder.journal(resolved.key);
    await requireSpace(folder.path(), known.bytes - journalledBytes(journalPath));
    const sha256 = await downloadFromWeb(
      {
        client,
        url: known.url,
        name,
        bytes: known.bytes,
        sha256: known.sha256,
        serverAgrees: known.serverAgrees,
        partPath: folder.part(resolved.key),
        journalPath,
        throttle: web.throttle,
        retry: web.retry,
        signal,
        onReceived,
      },
      (actual) => folder.file(actual),
    );
    files.learn(file, { bytes: known.bytes, sha256, revision: null });
  } finally {
    client.close();
  }
}

interface KnownFile {
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string | null;
  readonly serverAgrees: boolean;
}

/** What is known of the file, asked of the server unless a download of it goes on. */
async function withFacts({ files, file, resolved, name, web, signal }: WebFetch, client: WebClient): Promise<KnownFile> {
  const { url, bytes, sha256, pinned } = resolved;
  if (url === null) throw facetError('internal', { message: 'a file of the web without an address' });
  const goesOn = bytes !== null && readJournal(files.folder.journal(resolved.key))?.head.url === url;
  if (goesOn) return { url, bytes, sha256, serverAgrees: sha256 !== null && files.resolve({ ...file, sha256: null }).sha256 === sha256 };
  const { host } = new URL(url);
  const ask = <T>(work: () => Promise<T>): Promise<T> => persistently(web.retry, () => false, signal, work);
  const facts = await ask(() => askFileFacts(client, url, signal));
  const actual = facts.bytes ?? bytes ?? (await ask(() => askBytes(client, url, signal)));
  if (bytes !== null && file.bytes !== null && actual !== bytes) {
    throw facetError('networkFailed', { host, reason: `the server's file has ${actual} bytes instead of ${bytes}` });
  }
  if (pinned !== null && facts.sha256 !== null && facts.sha256 !== pinned) {
    throw facetError('checksumMismatch', { file: name, expected: pinned, actual: facts.sha256 });
  }
  files.learn(file, { bytes: actual, sha256: facts.sha256, revision: facts.revision });
  return { url, bytes: actual, sha256: pinned ?? facts.sha256, serverAgrees: facts.sha256 !== null };
}
