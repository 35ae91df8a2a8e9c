import type { Readable } from 'node:stream';

/** More than this waits in the socket. */
const queueBytes = 1024 ** 2;

/**
 * The pieces of a stream as they come. Unlike the stream's own iterator it hands out what had arrived before an error, so that a cut connection costs no byte
 * that was received. Listens from the call on.
 */
export function streamPieces(stream: Readable): AsyncIterable<Buffer> {
  const queue: Buffer[] = [];
  let queued = 0;
  let outcome: { readonly error: Error | null } | null = null;
  let wake = (): void => undefined;
  const finish = (error: Error | null): void => {
    outcome ??= { error };
    wake();
  };
  stream.on('data', (piece: Buffer) => {
    queue.push(piece);
    queued += piece.length;
    if (queued > queueBytes) stream.pause();
    wake();
  });
  stream.on('end', () => finish(null));
  stream.on('error', finish);
  stream.on('close', () => finish(new Error('the connection was closed')));

  return {
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const piece = queue.shift();
        if (piece !== undefined) {
          queued -= piece.length;
          if (queued <= queueBytes) stream.resume();
          yield piece;
        } else if (outcome === null) {
          await new Promise<void>((resolve) => (wake = resolve));
        } else if (outcome.error === null) return;
        else throw outcome.error;
      }
    },
  };
}
