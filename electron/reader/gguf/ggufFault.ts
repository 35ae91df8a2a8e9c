/** The first thing wrong with a file: a short stable word and one sentence for people. Never leaves the checker. */
export class GgufFault extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'GgufFault';
    this.code = code;
  }
}

/** @throws GgufFault unless `condition` holds */
export function require(condition: boolean, code: string, message: string): asserts condition {
  if (!condition) throw new GgufFault(code, message);
}
