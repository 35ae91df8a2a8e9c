import { refuse } from '../arguments/options.ts';

/** The one operand a command needs. @throws FacetError invalidRequest when it is missing, blank, or not alone */
export function oneOperand(operands: readonly string[], what: string): string {
  const [only, extra] = operands;
  if (only === undefined || only.trim() === '') refuse(what, 'is missing');
  if (extra !== undefined) refuse(`"${extra}"`, `is one argument too many; put the whole ${what} in quotes`);
  return only;
}

/** For commands that can do without. @throws FacetError invalidRequest when there are more */
export function upToOneOperand(operands: readonly string[], what: string): string | null {
  return operands.length === 0 ? null : oneOperand(operands, what);
}

/** For commands that take none. @throws FacetError invalidRequest */
export function noOperands(operands: readonly string[]): void {
  const [extra] = operands;
  if (extra !== undefined) refuse(`"${extra}"`, 'is not expected here');
}
