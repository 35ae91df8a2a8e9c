import type { Unsubscribe } from '../shared/rpc.ts';
import { type ChildExit, errorOutputKept } from './childStarter.ts';

/** The end of one child and who is to be told of it, for every starter alike. */
export interface ChildEnd {
  /** How it ended; null while it lives. */
  exit(): ChildExit | null;
  /** More of what it wrote to standard error; the end of it is kept to say why it died. */
  addErrorOutput(text: string): void;
  onClose(listener: () => void): Unsubscribe;
  /** Called at once when it has ended already. */
  onExit(listener: (exit: ChildExit) => void): void;
  /** It has ended, and its last message was delivered: tells those who wait for the port's close, then those who wait for its end. The first call counts. */
  end(code: number | null, signal: string | null): void;
}

export function createChildEnd(): ChildEnd {
  const exits = new Set<(exit: ChildExit) => void>();
  const closes = new Set<() => void>();
  let errorOutput = '';
  let exit: ChildExit | null = null;
  return {
    exit: () => exit,
    addErrorOutput: (text) => {
      errorOutput = (errorOutput + text).slice(-errorOutputKept);
    },
    onClose: (listener) => {
      closes.add(listener);
      return () => closes.delete(listener);
    },
    onExit: (listener) => {
      if (exit === null) exits.add(listener);
      else listener(exit);
    },
    end: (code, signal) => {
      if (exit !== null) return;
      exit = { code, signal, errorOutput };
      for (const listener of [...closes]) listener();
      for (const listener of [...exits]) listener(exit);
    },
  };
}
