import type { Command } from './commands/command.ts';

/** `facet --help`. */
export function overviewHelp(commands: readonly Command[]): string {
  return [
    'Facet: ask Gemma 3 about pictures and documents, on your own machine.',
    '',
    'Usage: facet COMMAND [OPTION…]',
    '',
    'Commands:',
    ...columns(commands.map((command) => [usageOf(command), command.summary])),
    '',
    'For every command:',
    '  --help       its options',
    '  --data DIR   data folder (or FACET_DATA)',
    '  --json       one JSON document on standard output',
    '  --version    the version, without a command',
    '',
    'Exit codes: 0 done, 1 internal error, 2 usage, 3 unreadable input, 4 model, 5 does not fit, 6 network or disk, 130 cancelled.',
    '',
    'First steps:',
    '  facet models get starter',
    '  facet ask "What is the capital of France?"',
    '  facet ask --doc report.pdf "What does it recommend?"',
  ].join('\n');
}

/** `facet COMMAND --help`; for a group such as `models`, the help of each of its commands. */
export function commandHelp(commands: readonly Command[]): string {
  return commands.map(helpOf).join('\n\n');
}

function helpOf(command: Command): string {
  const options = Object.entries(command.options).map(([name, option]) => [
    `--${name}${option.placeholder === null ? '' : ` ${option.placeholder}`}`,
    option.help,
  ]);
  const notes = command.notes === undefined ? [] : ['', ...command.notes];
  return [`Usage: facet ${usageOf(command)} [OPTION…]`, '', `${command.summary}.`, '', 'Options:', ...columns(options), ...notes].join(
    '\n',
  );
}

function usageOf({ name, operands }: Command): string {
  return operands === '' ? name : `${name} ${operands}`;
}

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const width = Math.max(...rows.map(([first = '']) => first.length));
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}`);
}
