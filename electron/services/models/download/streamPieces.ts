import type { Readable } from 'node:stream';

/** More than this waits in the socket. */
const queueBytes = 1024 ** 2;

export type BodyPieces = AsyncIterable<Buffer>;

/**
 * The pieces of a stream as they come. Unlike the stream's own iterator it hands out what had arrived before an error, so that a cut connection costs no byte
 * that was received. Listens from the call on.
 * @param stallMs longest wait for a piece; time in which nobody asks for one does not count
 * @param describe makes the error to throw
 */
export function streamPieces(stream: Readable, stallMs: number, describe: (error: Error) => Error): BodyPieces {
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

  const waitForMore = async (): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      timer = setTimeout(() => {
        finish(new Error(`nothing came for ${stallMs / 1000} seconds`));
        stream.destroy();
      }, stallMs);
    });
    clearTimeout(timer);
  };
  return {
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const piece = queue.shift();
        if (piece !== undefined) {
          queued -= piece.length;
          if (queued <= queueBytes) stream.resume();
          yield piece;
        } else if (outcome === null) await waitForMore();
        else if (outcome.error === null) return;
        else throw describe(outcome.error);
      }
    },
  };
}
