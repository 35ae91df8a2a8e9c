import { utilityProcess } from 'electron';
import { type Child, type ChildExit, type ChildStarter, errorOutputKept, type StarterOptions } from '../children/childStarter.ts';
import type { Port } from '../shared/rpc.ts';

/** Starts children with `utilityProcess`: the packaged app cannot `fork`, since its RunAsNode fuse is off. */
export function createUtilityStarter({ entries, env }: StarterOptions): ChildStarter {
  return { start: (name) => startUtility(name, entries[name], { ...process.env, ...env }) };
}

function startUtility(name: string, entry: string, env: NodeJS.ProcessEnv): Child {
  const child = utilityProcess.fork(entry, [], { serviceName: `Facet ${name}`, env, stdio: ['ignore', 'ignore', 'pipe'] });
  const exits = new Set<(exit: ChildExit) => void>();
  const closes = new Set<() => void>();
  let errorOutput = '';
  let exit: ChildExit | null = null;

  child.stderr?.on('data', (bytes: Buffer) => {
    errorOutput = (errorOutput + bytes.toString('utf8')).slice(-errorOutputKept);
  });
  child.on('error', (_type, location, report) => {
    errorOutput = `${errorOutput}\nfatal error in ${location}\n${report}`.slice(-errorOutputKept);
  });
  child.on('exit', (code) => {
    exit = { code, signal: null, errorOutput };
    for (const listener of [...closes]) listener();
    for (const listener of exits) listener(exit);
  });
  const port: Port = {
    send: (message) => {
      if (exit === null) child.postMessage(message);
    },
    onMessage: (listener) => {
      child.on('message', listener);
      return () => child.off('message', listener);
    },
    onClose: (listener) => {
      closes.add(listener);
      return () => closes.delete(listener);
    },
    // The channel lives as long as the process; the supervisor asks it to end before it is killed.
    close: () => child.postMessage({ child: 'stop' }),
  };
  return {
    pid: child.pid ?? null,
    port,
    onExit: (listener) => {
      if (exit === null) exits.add(listener);
      else listener(exit);
    },
    kill: () => {
      // Electron's own `kill` asks politely, which a native crash loop or a full queue would outlive.
      if (child.pid !== undefined && exit === null) process.kill(child.pid, 'SIGKILL');
      else child.kill();
    },
  };
}
