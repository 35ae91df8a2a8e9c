/** How long after the first Ctrl-C another one is taken for the same key press: a terminal and a parent process may both send it. */
const samePressMs = 1_000;

/** How long a command may take to put things away after Ctrl-C, in milliseconds: more than its children are given to end (supervisor.ts). */
export const signalGraceMs = 5_000;

/**
 * Aborts on Ctrl-C, on being told to end, and when nobody reads standard output any more. A second Ctrl-C ends the process at once,
 * and so does the end of `graceMs`: what does not answer cannot keep it. Answers are stored while they are written, so little is lost by that.
 */
export function watchSignals(program: NodeJS.Process, graceMs: number = signalGraceMs): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const stop = (): void => {
    if (!controller.signal.aborted) {
      first = Date.now();
      setTimeout(() => program.exit(130), graceMs).unref();
      controller.abort();
    } else if (Date.now() - first > samePressMs) {
      program.exit(130);
    }
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) program.on(name, stop);
  program.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') stop();
  });
  return controller.signal;
}
