import { assertNever } from '../shared/assertNever.ts';
import { facetError, toErrorData } from '../shared/errors.ts';
import { commandErrorText } from './commandErrorText.ts';
import { allCommands } from './commands/allCommands.ts';
import type { Command, CommandContext } from './commands/command.ts';
import { exitCodeOf, type ExitCode, exitCodes } from './exitCodes.ts';
import { commandHelp, overviewHelp } from './help.ts';
import { type Invocation, readInvocation } from './readInvocation.ts';

/** Runs one command line to its exit code. Never throws: what goes wrong is one line on standard error, and with `--json` an error object too. */
export async function runFacet(given: readonly string[], context: CommandContext): Promise<ExitCode> {
  try {
    return await invoke(readInvocation(given, allCommands), context);
  } catch (error) {
    const data = toErrorData(context.signal.aborted ? facetError('cancelled', {}) : error);
    const message = commandErrorText(data);
    context.output.progress(null);
    context.output.note(`facet: ${message}`);
    if (wantsJson(given)) context.output.json({ error: { code: data.code, message, details: data.details } });
    return exitCodeOf(data);
  }
}

async function invoke(invocation: Invocation, context: CommandContext): Promise<ExitCode> {
  switch (invocation.kind) {
    case 'overview':
      context.output.line(overviewHelp(allCommands));
      return exitCodes.ok;
    case 'version':
      context.output.line(context.version);
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
