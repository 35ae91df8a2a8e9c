import { spawn } from 'node:child_process';

/** Starts programs that do nothing but keep one core each busy, as a compiler or a browser tab would. */
export function startBusyPrograms(count: number, niceness: number): { stop(): void } {
  const children = Array.from({ length: count }, () =>
    spawn('nice', ['-n', String(niceness), process.execPath, '-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  return {
    stop: () => {
      for (const child of children) child.kill('SIGKILL');
    },
  };
}
