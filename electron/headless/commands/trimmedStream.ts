/** Passes on an answer as it comes, without the space around it: stored answers are trimmed, and both must read the same. */
export interface TrimmedStream {
  readonly push: (text: string) => void;
  /** Writes what the final text has beyond what was pushed. */
  readonly finish: (finalText: string) => void;
}

export function createTrimmedStream(write: (text: string) => void): TrimmedStream {
  let written = '';
  let held = '';
  const push = (text: string): void => {
    const all = written === '' ? (held + text).trimStart() : held + text;
    const solid = all.trimEnd();
    held = all.slice(solid.length);
    if (solid === '') return;
    written += solid;
    write(solid);
  };
  return {
    push,
    finish(finalText) {
      if (finalText.startsWith(written)) write(finalText.slice(written.length));
    },
  };
}
