import { utilityProcess } from 'electron';
import { createChildEnd } from '../children/childEnd.ts';
import type { Child, ChildStarter, StarterOptions } from '../children/childStarter.ts';
import type { Port } from '../shared/rpc.ts';

/** Starts children with `utilityProcess`: the packaged app cannot `fork`, since its RunAsNode fuse is off. */
export function createUtilityStarter({ entries, env }: StarterOptions): ChildStarter {
  return { start: (name) => startUtility(name, entries[name], { ...process.env, ...env }) };
}

function startUtility(name: string, entry: string, env: NodeJS.ProcessEnv): Child {
  const child = utilityProcess.fork(entry, [], { serviceName: `Facet ${name}`, env, stdio: ['ignore', 'ignore', 'pipe'] });
  const end = createChildEnd();

  child.stderr?.on('data', (bytes: Buffer) => end.addErrorOutput(bytes.toString('utf8')));
  child.on('error', (_type, location, report) => end.addErrorOutput(`\nfatal error in ${location}\n${report}`));
  child.on('exit', (code) => end.end(code, null));
  const port: Port = {
    send: (message) => {
      if (end.exit() === null) child.postMessage(message);
    },
    onMessage: (listener) => {
      child.on('message', listener);
      return () => child.off('message', listener);
    },
    onClose: end.onClose,
    // The channel lives as long as the process; the supervisor asks it to end before it is killed.
    close: () => child.postMessage({ child: 'stop' }),
  };
  return {
    pid: child.pid ?? null,
    port,
    onExit: end.onExit,
    kill: () => {
      // Electron's own `kill` asks politely, which a native crash loop or a full queue would outlive.
      if (child.pid !== undefined && end.exit() === null) process.kill(child.pid, 'SIGKILL');
      else child.kill();
    },
  };
}
