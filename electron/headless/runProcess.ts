import type { ChildStarter } from '../children/childStarter.ts';
import { openServices } from './openServices.ts';
import { createOutput } from './output.ts';
import type { ExitCode } from './exitCodes.ts';
import { runFacet } from './runFacet.ts';
import { watchSignals } from './watchSignals.ts';

export interface ProcessFacts {
  /** Holds `native/out` and `assets`. */
  readonly resourcesFolder: string;
  /** Holds the built page, for `serve`. */
  readonly pageFolder: string;
  readonly version: string;
  /** `fork` under plain Node, `utilityProcess` in the packaged app. */
  readonly starter: ChildStarter;
  /** For tests: another patience after a signal, in milliseconds. */
  readonly graceMs?: number;
}

/** Runs one command line as this process, on its own streams and signals, to the exit code. */
export async function runProcess(
  given: readonly string[],
  { resourcesFolder, pageFolder, version, starter, graceMs }: ProcessFacts,
): Promise<ExitCode> {
  const services = openServices({ resourcesFolder, version, starter });
  const code = await runFacet(given, {
    output: createOutput({ stdout: process.stdout, stderr: process.stderr }),
    stdin: process.stdin,
    signal: watchSignals(process, graceMs),
    environment: process.env,
    workingFolder: process.cwd(),
    resourcesFolder,
    pageFolder,
    version,
    openApp: services.openApp,
    openWire: services.openWire,
    openReader: services.openReader,
    openEngine: services.openEngine,
  });
  await services.close();
  return code;
}
