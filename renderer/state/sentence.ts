import { errorText } from '../../electron/shared/errorText.ts';
import type { ErrorData } from '../../electron/shared/errors.ts';

/** An error in one or two sentences: what happened and what to do. */
export function sentence(error: ErrorData): string {
  const { what, doNext } = errorText(error);
  return doNext === '' ? what : `${what} ${doNext}`;
}
