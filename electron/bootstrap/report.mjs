/** A failure that people can act on: shown as its message, without a stack. */
export class BootstrapError extends Error {}

/** One line for people. Always to stderr: standard output belongs to the command that runs afterwards. @param {string} text */
export function report(text) {
  process.stderr.write(`${text}\n`);
}

/** Runs the bootstrap and turns its failures into one line and exit code 1. @param {() => Promise<number>} main */
export async function runBootstrap(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof BootstrapError) report(`facet: ${error.message}`);
    else report(`facet: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    process.exitCode = 1;
  }
}
