import { endingMs } from '../services/ending.ts';
import { type FacetError, facetError } from '../shared/errors.ts';

/** How long after the first Ctrl-C another one is taken for the same key press: a terminal and a parent process may both send it. */
const samePressMs = 1_000;

/**
 * Aborts on Ctrl-C, on being told to end, and when standard output cannot be written any more; where that is not because nobody reads it, the
 * signal's reason is a FacetError. A second Ctrl-C ends the process at once,
 * and so does the end of `graceMs`, with a word on standard error: what does not answer cannot keep it. Answers are stored while they are written, so
 * little is lost by that. Whoever is ended so has not done what it was to do, a server either: 130.
 */
export function watchSignals(program: NodeJS.Process, graceMs: number = endingMs): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const stop = (reason?: FacetError): void => {
    if (!controller.signal.aborted) {
      first = Date.now();
      setTimeout(() => {
        program.stderr.write('facet: Ended at once: what it was doing did not stop. What was written is kept.\n');
        program.exit(130);
      }, graceMs).unref();
      controller.abort(reason);
    } else if (Date.now() - first > samePressMs) {
      program.exit(130);
    }
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) program.on(name, () => stop());
  program.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') stop();
    else
      stop(
        facetError('diskFailed', { path: 'standard output', reason: error.code === 'ENOSPC' ? 'the disk is full' : error.message }, error),
      );
  });
  // Nobody reads what is said beside the answer: the answer goes on.
  program.stderr.on('error', () => undefined);
  return controller.signal;
}
