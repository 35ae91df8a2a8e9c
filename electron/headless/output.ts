import type { Writable } from 'node:stream';

/** Where a command writes. Standard output carries the answer or the JSON and nothing else. */
export interface Output {
  /** Part of the answer. */
  readonly write: (text: string) => void;
  /** A file, as it is. */
  readonly bytes: (content: Uint8Array) => void;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
  /** A line for people. */
  readonly line: (text: string) => void;
  /** The one JSON document of this run, or one of its JSON lines. */
  readonly json: (value: unknown) => void;
  /** One line on standard error. */
  readonly note: (text: string) => void;
  /** What is going on right now, in place; only on a terminal. Null clears it. */
  readonly progress: (text: string | null) => void;
}

type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** @param streams standard output and error of the process, or those of a test */
export function createOutput(streams: { readonly stdout: Stream; readonly stderr: Stream }): Output {
  const { stdout, stderr } = streams;
  const forPeople = (text: string): string => (stdout.isTTY === true ? printable(text) : text);
  let shown = false;
  const clear = (): void => {
    if (shown) stderr.write('\r\u001b[K');
    shown = false;
  };
  return {
    write(text) {
      clear();
      stdout.write(forPeople(text));
    },
    bytes(content) {
      clear();
      stdout.write(content);
    },
    isTerminal: stdout.isTTY === true,
    line(text) {
      clear();
      stdout.write(`${forPeople(text)}\n`);
    },
    json(value) {
      clear();
      stdout.write(`${JSON.stringify(value)}\n`);
    },
    note(text) {
      clear();
      stderr.write(`${printable(text).replaceAll(/\s*\n\s*/g, ' ')}\n`);
    },
    progress(text) {
      if (stderr.isTTY !== true) return;
      clear();
      if (text === null) return;
      stderr.write(printable(text).slice(0, Math.max(20, (stderr.columns ?? 80) - 1)));
      shown = true;
    },
  };
}

/** Text from a model, a document or a file name may hold control sequences; a terminal must never obey them. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd');
}
