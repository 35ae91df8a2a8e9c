import type { Port } from '../shared/rpc.ts';

/** How a child ended: an exit code, or the signal that killed it. */
export interface ChildExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** The last lines the child wrote to standard error, where the starter can see them. */
  readonly errorOutput?: string;
}

/** A running child process and the port to it. */
export interface Child {
  readonly pid: number | null;
  readonly port: Port;
  /** Called once. */
  onExit(listener: (exit: ChildExit) => void): void;
  kill(): void;
}

/** What a starter starts, and with what. */
export interface StarterOptions {
  /** Entry file of each child. */
  readonly entries: { readonly engine: string; readonly reader: string };
  /** Added to this process's environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** How much of a child's last error output is kept to say why it died, in characters. */
export const errorOutputKept = 4_000;

/** Starts one kind of child: `utilityProcess` under Electron, `fork` under plain Node. */
export interface ChildStarter {
  /** `name` picks the entry file: dist/engine.js or dist/reader.js. */
  start(name: 'engine' | 'reader'): Child;
}
