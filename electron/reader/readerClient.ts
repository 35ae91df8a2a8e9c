import type { Supervisor } from '../children/supervisor.ts';
import { facetError } from '../shared/errors.ts';
import { createRpcClient, type Port, type RpcClient } from '../shared/rpc.ts';
import type { ReaderEvents, ReaderRequests, ReadPage } from './readerContract.ts';

/** How long each request may go without a sign of progress, in milliseconds. Far over what the largest file within the limits needs. */
const timeCaps: { readonly [K in keyof ReaderRequests]: number } = {
  'file.identify': 20_000,
  'image.inspect': 90_000,
  'image.profile': 90_000,
  'image.views': 90_000,
  'image.preview': 90_000,
  'image.text': 120_000,
  'document.read': 90_000,
  'document.words': 90_000,
  'document.readPage': 90_000,
  'document.page': 60_000,
  'document.pagePng': 60_000,
  'ocr.check': 30_000,
  'readingTest.page': 20_000,
  'gguf.check': 90_000,
};

/** Told after each page of a document, counted from 1; `read` as in `document.progressed`. */
export type OnPage = (page: number, pages: number, read: ReadPage | null) => void;

/** The typed requests of the reader child. */
export interface ReaderClient {
  /**
   * Rejects with FacetError: what the reader found, `cancelled`, or `readerStopped` when the reader died or ran over its time on this file.
   * Requests that were open when the reader died of another file are asked again, one at a time.
   */
  request<K extends keyof ReaderRequests>(
    name: K,
    params: ReaderRequests[K]['params'],
    signal?: AbortSignal,
    /** For `document.read`: after each page. From page 1 again when the reader died of another file. */
    onPage?: OnPage,
  ): Promise<ReaderRequests[K]['result']>;
}

export interface ReaderClientOptions {
  readonly supervisor: Pick<Supervisor, 'port' | 'kill' | 'onExit'>;
  /** For tests: other time caps. */
  readonly timeCaps?: Partial<typeof timeCaps>;
}

/** The living reader and what is open on it. */
interface Connection {
  readonly port: Port;
  readonly rpc: RpcClient<ReaderRequests, ReaderEvents>;
  open: number;
  /** Requests that were open when it died; 0 while it lives. */
  openAtDeath: number;
}

/** The reader's client over a supervised child, which starts with the first request. */
export function createReaderClient(options: ReaderClientOptions): ReaderClient {
  const { supervisor } = options;
  const caps = { ...timeCaps, ...options.timeCaps };
  let current: Connection | null = null;
  let lastReason = 'it was closed';
  let alone: Promise<unknown> = Promise.resolve();
  // The supervisor tells the reason in the same turn in which the port closes, so before any request's rejection is seen below.
  supervisor.onExit((death) => {
    lastReason = death.reason;
  });

  const connect = (): Connection => {
    const port = supervisor.port();
    if (current?.port !== port) current = openConnection(port);
    return current;
  };

  const attempt = async <K extends keyof ReaderRequests>(
    name: K,
    params: ReaderRequests[K]['params'],
    signal: AbortSignal | undefined,
    onPage: OnPage | undefined,
    mayRetry: boolean,
  ): Promise<Attempt<ReaderRequests[K]['result']>> => {
    const connection = connect();
    const fate = { timedOut: false };
    const startTimer = (): NodeJS.Timeout =>
      setTimeout(() => {
        fate.timedOut = true;
        supervisor.kill(`it took longer than ${String(caps[name] / 1000)} s`);
      }, caps[name]);
    let timer = startTimer();
    const stopProgress = connection.rpc.on('document.progressed', (progress) => {
      if (!('readId' in params) || params.readId !== progress.readId) return;
      clearTimeout(timer);
      timer = startTimer();
      onPage?.(progress.page, progress.pages, progress.read);
    });
    connection.open += 1;
    try {
      return { value: await connection.rpc.request(name, params, signal) };
    } catch (error) {
      if (connection.openAtDeath === 0) throw error;
      if (mayRetry && !fate.timedOut && connection.openAtDeath > 1) return 'perhaps innocent';
      throw facetError('readerStopped', { file: fileOf(params), reason: lastReason }, error);
    } finally {
      connection.open -= 1;
      clearTimeout(timer);
      stopProgress();
    }
  };

  return {
    request: async (name, params, signal, onPage) => {
      const first = await attempt(name, params, signal, onPage, true);
      if (first !== 'perhaps innocent') return first.value;
      const second = alone.then(() => attempt(name, params, signal, onPage, false));
      alone = second.catch(() => undefined);
      const result = await second;
      if (result === 'perhaps innocent') throw facetError('internal', { message: 'a reader request was given up twice' });
      return result.value;
    },
  };
}

/** What the request was about, for messages. */
function fileOf(params: object): string {
  if ('name' in params) return String(params.name);
  return 'path' in params ? String(params.path) : 'a page of the reading test';
}

/** A result, or word that the reader died while several files were open, so that this one may not be to blame. */
type Attempt<T> = { readonly value: T } | 'perhaps innocent';

function openConnection(port: Port): Connection {
  const connection: Connection = {
    port,
    open: 0,
    openAtDeath: 0,
    rpc: createRpcClient<ReaderRequests, ReaderEvents>(port, () => {
      if (connection.openAtDeath === 0) connection.openAtDeath = Math.max(1, connection.open);
      return facetError('readerStopped', { file: '', reason: '' });
    }),
  };
  return connection;
}
