import { facetError } from '../../shared/errors.ts';

/** One option of a command: how its values are read and collected. `placeholder` null marks a flag, which takes no value. */
export interface Option<T> {
  readonly placeholder: string | null;
  readonly help: string;
  readonly repeatable: boolean;
  /** Makes the option's result from its values in order; none were given when the list is empty. @throws FacetError invalidRequest */
  collect(values: readonly string[], name: string): T;
}

/** A switch that is on when given. */
export function flag(help: string): Option<boolean> {
  return { placeholder: null, help, repeatable: false, collect: (values) => values.length > 0 };
}

/** Any non-empty text; null when absent. */
export function text(placeholder: string, help: string): Option<string | null> {
  return single(placeholder, help, (value, name) => (value === '' ? refuse(name, 'needs a value') : value));
}

/** Text that may be empty; null when absent. */
export function anyText(placeholder: string, help: string): Option<string | null> {
  return single(placeholder, help, (value) => value);
}

/** Any number of non-empty texts, in order. */
export function texts(placeholder: string, help: string): Option<readonly string[]> {
  return repeated(placeholder, help, (value, name) => (value === '' ? refuse(name, 'needs a value') : value));
}

/** A decimal whole number within a range, both ends included; null when absent. */
export function wholeNumber(placeholder: string, help: string, least: number, most: number): Option<number | null> {
  return single(placeholder, help, (value, name) => {
    const number = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
    return number >= least && number <= most ? number : refuse(name, `must be a whole number from ${least} to ${most}, not "${value}"`);
  });
}

/** A decimal number within a range, both ends included; null when absent. */
export function decimal(placeholder: string, help: string, least: number, most: number): Option<number | null> {
  return single(placeholder, help, (value, name) => {
    const number = /^\d*\.?\d+$|^\d+\.$/.test(value) ? Number(value) : Number.NaN;
    return number >= least && number <= most ? number : refuse(name, `must be a number from ${least} to ${most}, not "${value}"`);
  });
}

/** One word of a list, in any case; null when absent. The words are in lower case. */
export function choice<const T extends string>(words: readonly T[], help: string): Option<T | null> {
  return single(words.join('|'), help, (value, name) => {
    const found = words.find((word) => word === value.toLowerCase());
    return found ?? refuse(name, `must be ${words.length === 1 ? '' : 'one of '}${words.join(', ')}, not "${value}"`);
  });
}

/** An option given at most once, read by `parse`. */
export function single<T>(placeholder: string, help: string, parse: (value: string, name: string) => T): Option<T | null> {
  return {
    placeholder,
    help,
    repeatable: false,
    collect: ([value], name) => (value === undefined ? null : parse(value, name)),
  };
}

/** An option given any number of times, each read by `parse`. */
export function repeated<T>(placeholder: string, help: string, parse: (value: string, name: string) => T): Option<readonly T[]> {
  return { placeholder, help, repeatable: true, collect: (values, name) => values.map((value) => parse(value, name)) };
}

/** Refuses an option's value. */
export function refuse(name: string, reason: string): never {
  throw facetError('invalidRequest', { field: name, reason });
}
