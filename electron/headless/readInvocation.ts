import { closest } from './arguments/closest.ts';
import { refuse } from './arguments/options.ts';
import type { Command } from './commands/command.ts';

/** What a command line asks for, before its options are read. */
export type Invocation =
  | { readonly kind: 'overview' }
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly commands: readonly Command[] }
  | { readonly kind: 'run'; readonly command: Command; readonly given: readonly string[] };

/**
 * Finds the command. Options may stand before it, as in `facet --data DIR ask …`.
 * @throws FacetError invalidRequest when there is no command or no such command
 */
export function readInvocation(given: readonly string[], commands: readonly Command[]): Invocation {
  const start = firstWord(given);
  const leading = given.slice(0, start);
  const words = given.slice(start);
  if (leading.includes('--help') || leading.includes('-h') || words[0] === 'help')
    return helpFor(words[0] === 'help' ? words.slice(1) : words, commands);
  if (leading.includes('--version')) return { kind: 'version' };
  const found = commands.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '));
  if (found === undefined) return withoutCommand(words, commands);
  const rest = words.slice(found.name.split(' ').length);
  if (asksForHelp(rest)) return { kind: 'help', commands: [found] };
  return { kind: 'run', command: found, given: [...leading, ...rest] };
}

/** Index of the first argument that is neither an option nor the value of `--data`. */
function firstWord(given: readonly string[]): number {
  for (let index = 0; index < given.length; index += 1) {
    if (given[index] === '--data') index += 1;
    else if (!(given[index] ?? '').startsWith('-')) return index;
  }
  return given.length;
}

function withoutCommand(words: readonly string[], commands: readonly Command[]): Invocation {
  const [word, ...rest] = words;
  const second = rest.find((other) => !other.startsWith('-'));
  if (word === undefined) return refuse('COMMAND', `is missing; it is one of: ${topNames(commands).join(', ')}`);
  const group = commands.filter(({ name }) => name.startsWith(`${word} `));
  if (group.length === 0) return refuse(`"${word}"`, `is no command; ${meant(word, topNames(commands))}`);
  if (asksForHelp(words)) return { kind: 'help', commands: group };
  const names = group.map(({ name }) => name.slice(word.length + 1));
  if (second === undefined) return refuse(`facet ${word}`, `needs one of: ${names.join(', ')}`);
  return refuse(`"${word} ${second}"`, `is no command; ${meant(second, names)}`);
}

function helpFor(words: readonly string[], commands: readonly Command[]): Invocation {
  const asked = words.filter((word) => !word.startsWith('-')).join(' ');
  if (asked === '') return { kind: 'overview' };
  const matching = commands.filter(({ name }) => asked === name || asked.startsWith(`${name} `) || name.startsWith(`${asked} `));
  return matching.length === 0
    ? refuse(`"${asked}"`, `is no command; ${meant(asked, topNames(commands))}`)
    : { kind: 'help', commands: matching };
}

function asksForHelp(given: readonly string[]): boolean {
  const end = given.indexOf('--');
  const options = end < 0 ? given : given.slice(0, end);
  return options.includes('--help') || options.includes('-h');
}

function topNames(commands: readonly Command[]): readonly string[] {
  return [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? ''))];
}

/** The name that is near, and all there are. */
function meant(word: string, names: readonly string[]): string {
  const near = closest(word, names);
  return `${near === null ? 'it' : `did you mean ${near}? It`} is one of: ${names.join(', ')}`;
}
