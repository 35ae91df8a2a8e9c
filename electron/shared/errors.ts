import type { FitChoice } from './fitChoices.ts';

/** What each error code carries. The keys are the closed list of codes; values are plain data that crosses every wire. */
export interface ErrorDetailsByCode {
  /** A fault of ours. The message is for the log; people see a fixed sentence. */
  internal: { readonly message: string };
  /** The user or the caller stopped it. Not a failure; never logged as one. */
  cancelled: Record<string, never>;
  /** A request or option is out of range. `field` is the name the caller used, `reason` says the allowed range. */
  invalidRequest: { readonly field: string; readonly reason: string };
  notFound: { readonly what: 'conversation' | 'message' | 'attachment' | 'model' | 'file'; readonly id: string };
  /** The thing is in use (for example a model that answers just now). */
  busy: { readonly what: string };
  /**
   * A user's file cannot be read. `file` is its name or path, `reason` one plain clause. `folder`: it is a folder, where one file was asked for or with
   * nothing in it to take; absent for files.
   */
  fileUnreadable: { readonly file: string; readonly reason: string; readonly folder?: 'notAFile' | 'nothingInIt' };
  /** A limit of ours: bytes, pixels, pages or a side; `unit` names it. */
  fileTooLarge: { readonly file: string; readonly unit: string; readonly limit: number; readonly actual: number };
  /** The type is recognised but not supported, or not recognised at all. */
  fileUnsupported: { readonly file: string; readonly detected: string };
  /** The document has no text at all, so nothing could be asked about it. */
  documentEmpty: { readonly file: string };
  passwordRequired: { readonly file: string; readonly wrong: boolean };
  /** No model is chosen or the chosen one is not installed. `model` is empty when none was named; `toSee`: it was wanted for a picture. */
  modelMissing: { readonly model: string; readonly toSee?: true };
  /** The model file is damaged or not a Gemma 3. `check` is the validator's code. */
  modelInvalid: { readonly file: string; readonly check: string; readonly reason: string };
  /** A picture was attached, and the model has no projector. */
  /** `picture`: the one in which OCR found no text to give it instead. */
  modelCannotSee: { readonly model: string; readonly picture?: string };
  modelLoadFailed: { readonly model: string; readonly reason: string };
  /** The engine process died or was killed. `reason` is the assert text when there was one. */
  engineStopped: { readonly reason: string };
  /** The reader process died, ran over its memory cap or its time. */
  readerStopped: { readonly file: string; readonly reason: string };
  /** Tokens needed against tokens there; `parts` in prompt order. Nothing was cut and nothing was sent. */
  doesNotFit: {
    readonly needed: number;
    readonly available: number;
    /** The model's own limit, when a larger context could be chosen; equals `available` otherwise. */
    readonly largestContext: number;
    readonly parts: readonly { readonly part: string; readonly tokens: number }[];
    /** What would make it fit, the gentlest first; empty when nothing would. Errors of earlier versions lack it. */
    readonly choices?: readonly FitChoice[];
  };
  /** The chosen model runs on a server, and this conversation was not allowed to be sent there. Nothing was stored or sent. */
  leavesMachine: { readonly conversation: string; readonly model: string; readonly host: string };
  networkFailed: { readonly host: string; readonly reason: string };
  /** A file's content is not what was promised (size or sha256). */
  checksumMismatch: { readonly file: string; readonly expected: string; readonly actual: string };
  diskFailed: { readonly path: string; readonly reason: string };
  /** Data that a newer Facet wrote. Nothing was changed. */
  dataTooNew: { readonly path: string };
  diskFull: { readonly path: string; readonly needed: number; readonly free: number };
}

export type ErrorCode = keyof ErrorDetailsByCode;

/** An error as it crosses a wire: a code of the closed list and the details of that code. */
export type ErrorData = { [C in ErrorCode]: { readonly code: C; readonly details: ErrorDetailsByCode[C] } }[ErrorCode];

/** The one error class of Facet. Everything else that is thrown is a bug and becomes `internal` at the wire. */
export class FacetError extends Error {
  readonly data: ErrorData;

  constructor(data: ErrorData, options?: ErrorOptions) {
    super(`${data.code}: ${JSON.stringify(data.details)}`, options);
    this.name = 'FacetError';
    this.data = data;
  }
}

/** Builds a FacetError whose details are checked against the code. */
export function facetError<C extends ErrorCode>(code: C, details: ErrorDetailsByCode[C], cause?: unknown): FacetError {
  return new FacetError({ code, details } as ErrorData, cause === undefined ? undefined : { cause });
}

/** Any thrown value as data for a wire. Unknown errors become `internal` with their message. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof FacetError) return error.data;
  if (error instanceof Error && error.name === 'AbortError') return { code: 'cancelled', details: {} };
  return { code: 'internal', details: { message: error instanceof Error ? error.message : String(error) } };
}

/** True for a cancelled operation, which is not a failure. */
export function isCancelled(error: unknown): boolean {
  return toErrorData(error).code === 'cancelled';
}
