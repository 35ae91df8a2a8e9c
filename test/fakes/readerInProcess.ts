import { createReaderClient, type ReaderClient } from '../../electron/reader/readerClient.ts';
import { serveReader } from '../../electron/reader/readerServer.ts';
import { createPortPair } from '../../electron/shared/rpc.ts';

/** The real reader behind a wire in memory, and how often each request was made. For tests that need no process of its own. */
export function readerInProcess(): { readonly reader: ReaderClient; readonly requests: Map<string, number>; close(): void } {
  const [parent, child] = createPortPair();
  serveReader(child, () => Promise.reject(new Error('no model files in this test')));
  const client = createReaderClient({ supervisor: { port: () => parent, kill: () => undefined, onExit: () => () => undefined } });
  const requests = new Map<string, number>();
  return {
    reader: {
      request: (name, ...rest) => {
        requests.set(name, (requests.get(name) ?? 0) + 1);
        return client.request(name, ...rest);
      },
    },
    requests,
    close: () => parent.close(),
  };
}
