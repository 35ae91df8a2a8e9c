import { assertNever } from '../shared/assertNever.ts';
import type { ErrorData } from '../shared/errors.ts';

/** Exit codes of the command line. Fixed: scripts rely on them. */
export const exitCodes = {
  ok: 0,
  internal: 1,
  usage: 2,
  unreadableInput: 3,
  model: 4,
  doesNotFit: 5,
  networkOrDisk: 6,
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The exit code that says what kind of thing went wrong. */
export function exitCodeOf(error: ErrorData): ExitCode {
  switch (error.code) {
    case 'internal':
    case 'engineStopped':
    case 'busy':
      return exitCodes.internal;
    case 'cancelled':
      return exitCodes.cancelled;
    case 'invalidRequest':
      return exitCodes.usage;
    case 'notFound':
      return exitCodeOfMissing(error.details.what);
    case 'fileUnreadable':
    case 'fileTooLarge':
    case 'fileUnsupported':
    case 'documentEmpty':
    case 'passwordRequired':
    case 'readerStopped':
      return exitCodes.unreadableInput;
    case 'modelMissing':
    case 'modelInvalid':
    case 'modelCannotSee':
    case 'modelLoadFailed':
      return exitCodes.model;
    case 'doesNotFit':
      return exitCodes.doesNotFit;
    case 'leavesMachine':
    case 'networkFailed':
    case 'checksumMismatch':
    case 'diskFailed':
    case 'dataTooNew':
    case 'diskFull':
      return exitCodes.networkOrDisk;
    default:
      return assertNever(error, 'error');
  }
}

function exitCodeOfMissing(what: 'conversation' | 'message' | 'attachment' | 'model' | 'file'): ExitCode {
  switch (what) {
    case 'conversation':
    case 'message':
      return exitCodes.usage;
    case 'attachment':
    case 'file':
      return exitCodes.unreadableInput;
    case 'model':
      return exitCodes.model;
    default:
      return assertNever(what, 'thing');
  }
}
