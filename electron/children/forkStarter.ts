import { fork } from 'node:child_process';
import type { Port } from '../shared/rpc.ts';
import { createChildEnd } from './childEnd.ts';
import type { Child, ChildStarter, StarterOptions } from './childStarter.ts';

/** What sending to a child that has gone fails with. */
const endedCodes: ReadonlySet<string> = new Set(['EPIPE', 'ECONNRESET', 'ERR_IPC_CHANNEL_CLOSED']);

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
  const end = createChildEnd();
  const kill = (): void => void child.kill('SIGKILL');
  // A host that ends without stopping its children must not leave one behind that no longer listens.
  process.once('exit', kill);
  /** What could not be sent is never answered: the end of the child settles it. */
  const broken = (error: NodeJS.ErrnoException | null): void => {
    // A channel without another end: the child is ending by itself, and what is open is settled when it has.
    if (error === null || endedCodes.has(error.code ?? '')) return;
    end.addErrorOutput(`\nerror: a message could not be sent to it: ${error.message}`);
    kill();
  };

  child.stderr?.setEncoding('utf8').on('data', end.addErrorOutput);
  // `close` comes after the last message and the last output were delivered, `exit` does not.
  child.on('close', (code, signal) => {
    process.off('exit', kill);
    end.end(code, signal);
  });
  child.on('error', (error) => {
    end.addErrorOutput(error.message);
    if (child.pid === undefined) end.end(null, null);
  });
  const port: Port = {
    send: (message) => {
      // One that has let go of the channel is about to end.
      if (child.connected) child.send(message as object, broken);
    },
    onMessage: (listener) => {
      child.on('message', listener);
      return () => child.off('message', listener);
    },
    onClose: end.onClose,
    close: () => {
      if (child.connected) child.disconnect();
    },
  };
  return { pid: child.pid ?? null, port, onExit: end.onExit, kill };
}
