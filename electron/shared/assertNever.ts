/**
 * Marks a branch that the types say cannot be reached, so that a new union member is a compile error at every switch.
 * @throws Error naming the value, when data from outside the types gets here anyway.
 */
export function assertNever(value: never, what: string): never {
  throw new Error(`Unexpected ${what}: ${JSON.stringify(value)}`);
}
