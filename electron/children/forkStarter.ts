import { fork } from 'node:child_process';
import type { Port } from '../shared/rpc.ts';
import { type Child, type ChildExit, type ChildStarter, errorOutputKept, type StarterOptions } from './childStarter.ts';

/** Starts children with `child_process.fork`. Messages cross as structured clones, so typed arrays arrive as they are. */
export function createForkStarter({ entries, env }: StarterOptions): ChildStarter {
  return { start: (name) => startFork(entries[name], env) };
}

function startFork(entry: string, env: Readonly<Record<string, string>>): Child {
  const child = fork(entry, [], {
    env: { ...process.env, ...env },
    execArgv: [],
    serialization: 'advanced',
    // A session of its own: a terminal's Ctrl-C is the host's to handle, and Linux' scheduler shares the processor between sessions first
    // (sched_autogroup), so that other programs of the same terminal do not crowd the engine out.
    detached: process.platform !== 'win32',
    // Only errors are kept: standard output belongs to the answer.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const exits = new Set<(exit: ChildExit) => void>();
  const closes = new Set<() => void>();
  let errorOutput = '';
  let closed = false;
  let exit: ChildExit | null = null;

  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errorOutput = (errorOutput + text).slice(-errorOutputKept);
  });
  const closeOnce = (): void => {
    if (closed) return;
    closed = true;
    for (const listener of [...closes]) listener();
  };
  const ended = (code: number | null, signal: string | null): void => {
    if (exit !== null) return;
    exit = { code, signal, errorOutput };
    closeOnce();
    for (const listener of exits) listener(exit);
  };
  // `close` comes after the last message and the last output were delivered, `exit` does not.
  child.on('close', ended);
  child.on('error', (error) => {
    errorOutput += error.message;
    if (child.pid === undefined) ended(null, null);
  });
  const port: Port = {
    send: (message) => {
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => {
      child.on('message', listener);
      return () => child.off('message', listener);
    },
    onClose: (listener) => {
      closes.add(listener);
      return () => closes.delete(listener);
    },
    close: () => {
      if (child.connected) child.disconnect();
    },
  };
  return {
    pid: child.pid ?? null,
    port,
    onExit: (listener) => {
      if (exit === null) exits.add(listener);
      else listener(exit);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}
