import { childrenMs, endingMs } from '../services/ending.ts';
import { FacetError } from '../shared/errors.ts';
import { commandErrorText } from './commandErrorText.ts';
import { openServices, type ServicesFacts } from './openServices.ts';
import { createOutput } from './output.ts';
import { exitCodeOf, type ExitCode, exitCodes } from './exitCodes.ts';
import { runFacet } from './runFacet.ts';
import { watchSignals } from './watchSignals.ts';

/** How long states of chats may take to be written after a command that nobody stopped, in milliseconds. */
const unhurriedMs = 15_000;

export interface ProcessFacts extends ServicesFacts {
  /** Holds the built page, for `serve`. */
  readonly pageFolder: string;
  /** For tests: another patience after a signal, in milliseconds. */
  readonly graceMs?: number;
}

/** Runs one command line as this process, on its own streams and signals, to the exit code. */
export async function runProcess(given: readonly string[], { pageFolder, graceMs = endingMs, ...facts }: ProcessFacts): Promise<ExitCode> {
  const { resourcesFolder, version } = facts;
  const services = openServices(facts);
  const output = createOutput({ stdout: process.stdout, stderr: process.stderr });
  const signal = watchSignals(process, graceMs);
  const code = await runFacet(given, {
    output,
    stdin: process.stdin,
    signal,
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
  await services.close(signal.aborted ? childrenMs(graceMs) : unhurriedMs);
  // What was written last may have got nowhere, which is known only when it is out.
  await new Promise((resolve) => process.stdout.write('', resolve));
  const lost: unknown = signal.reason;
  if (code !== exitCodes.ok || !(lost instanceof FacetError)) return code;
  output.note(`facet: ${commandErrorText(lost.data)}`);
  return exitCodeOf(lost.data);
}
