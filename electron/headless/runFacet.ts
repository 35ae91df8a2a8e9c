import { assertNever } from '../shared/assertNever.ts';
import { FacetError, facetError, toErrorData } from '../shared/errors.ts';
import { commandErrorText } from './commandErrorText.ts';
import { allCommands } from './commands/allCommands.ts';
import type { Command, CommandContext } from './commands/command.ts';
import { exitCodeOf, type ExitCode, exitCodes } from './exitCodes.ts';
import { commandHelp, overviewHelp } from './help.ts';
import { noteStalls } from './noteStalls.ts';
import { type Invocation, readInvocation } from './readInvocation.ts';

/** Runs one command line to its exit code. Never throws: what goes wrong is one line on standard error, and with `--json` an error object too. */
export async function runFacet(given: readonly string[], context: CommandContext): Promise<ExitCode> {
  let invocation: Invocation | null = null;
  try {
    invocation = readInvocation(given, allCommands);
    return await invoke(invocation, wantsJson(given), noteStalls(context));
  } catch (error) {
    const data = toErrorData(context.signal.aborted ? whyStopped(context.signal) : error);
    const message = commandErrorText(data, invocation?.kind === 'run' ? invocation.command.whenCancelled : undefined);
    context.output.progress(null);
    context.output.note(`facet: ${message}`);
    if (wantsJson(given)) context.output.json({ error: { code: data.code, message, details: data.details } });
    return exitCodeOf(data);
  }
}

/** A signal without a reason of its own is the user's. */
function whyStopped({ reason }: AbortSignal): FacetError {
  return reason instanceof FacetError ? reason : facetError('cancelled', {});
}

async function invoke(invocation: Invocation, json: boolean, context: CommandContext): Promise<ExitCode> {
  switch (invocation.kind) {
    case 'overview':
      context.output.line(overviewHelp(allCommands));
      return exitCodes.ok;
    case 'version':
      if (json) context.output.json({ version: context.version });
      else context.output.line(context.version);
      return exitCodes.ok;
    case 'help':
      context.output.line(commandHelp(invocation.commands));
      return exitCodes.ok;
    case 'run':
      return run(invocation.command, invocation.given, context);
    default:
      return assertNever(invocation, 'invocation');
  }
}

function run(command: Command, given: readonly string[], context: CommandContext): Promise<ExitCode> {
  return command.run(given, context);
}

/** Known before the arguments are read in full, so that a usage error is told in JSON too. */
function wantsJson(given: readonly string[]): boolean {
  const end = given.indexOf('--');
  return (end < 0 ? given : given.slice(0, end)).includes('--json');
}
