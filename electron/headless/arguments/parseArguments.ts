import { closest } from './closest.ts';
import { type Option, refuse } from './options.ts';

export type OptionTable = Readonly<Record<string, Option<unknown>>>;
type ValueOf<O> = O extends Option<infer T> ? T : never;

/** The values of a table of options, by option name without dashes. */
export type OptionValues<T extends OptionTable> = { readonly [K in keyof T]: ValueOf<T[K]> };

export interface ParsedArguments<T extends OptionTable> {
  readonly options: OptionValues<T>;
  /** Everything that is no option, in order; all after `--` included. */
  readonly operands: readonly string[];
}

/**
 * Reads a command's arguments strictly: unknown options, options twice that may come once, and missing values are refused.
 * `--name value` and `--name=value` are the same; a lone `-` is an operand or a value.
 * @throws FacetError invalidRequest naming the option
 */
export function parseArguments<const T extends OptionTable>(table: T, given: readonly string[]): ParsedArguments<T> {
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  const rest = [...given];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === '--') operands.push(...rest.splice(0));
    else if (!argument.startsWith('-') || argument === '-') operands.push(argument);
    else takeOption(table, argument, rest, values);
  }
  const options = Object.fromEntries(
    Object.entries(table).map(([name, option]) => [name, option.collect(values.get(name) ?? [], `--${name}`)]),
  );
  return { options: options as OptionValues<T>, operands };
}

function takeOption(table: OptionTable, argument: string, rest: string[], values: Map<string, string[]>): void {
  const [written = '', ...joined] = argument.split('=');
  const name = written.slice(2);
  const option = written.startsWith('--') && Object.hasOwn(table, name) ? table[name] : undefined;
  if (option === undefined) refuse(written, suggestion(table, written));
  const attached = joined.length > 0 ? joined.join('=') : null;
  const earlier = values.get(name) ?? [];
  if (earlier.length > 0 && !option.repeatable) refuse(written, 'may be given only once');
  values.set(name, [...earlier, takeValue(option, written, attached, rest)]);
}

function takeValue(option: Option<unknown>, written: string, attached: string | null, rest: string[]): string {
  if (option.placeholder === null) return attached === null ? '' : refuse(written, 'takes no value');
  if (attached !== null) return attached;
  const next = rest[0];
  // Another option where a value belongs is a forgotten value; a negative number is a value, out of range or not.
  if (next === undefined || (next.startsWith('--') && next.length > 2)) return refuse(written, `needs a value (${option.placeholder})`);
  rest.shift();
  return next;
}

function suggestion(table: OptionTable, written: string): string {
  const close = closest(written.replace(/^-+/, ''), Object.keys(table));
  if (close !== null) return `is no option of this command; did you mean --${close}?`;
  return `is no option of this command; see --help${written.startsWith('--') ? '' : '. What begins with a dash and is no option goes after --'}`;
}
