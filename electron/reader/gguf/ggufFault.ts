/** The first thing wrong with a file: a short stable word and one sentence for people. Never leaves the checker. */
export class GgufFault extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    // Names come out of the file: nothing in them may steer a terminal or turn the line around.
    super(message.replaceAll(/\p{C}/gu, '\u{fffd}'));
    this.name = 'GgufFault';
    this.code = code;
  }
}

/** @throws GgufFault unless `condition` holds */
export function require(condition: boolean, code: string, message: string): asserts condition {
  if (!condition) throw new GgufFault(code, message);
}
