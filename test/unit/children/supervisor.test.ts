import { type ChildProcess, execFile, type fork } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { createForkStarter } from '../../../electron/children/forkStarter.ts';
import { type ChildDeath, type Supervisor, type SupervisorOptions, createSupervisor } from '../../../electron/children/supervisor.ts';
import { FacetError } from '../../../electron/shared/errors.ts';
import { createRpcClient, type Port } from '../../../electron/shared/rpc.ts';

/** Every child of this file, so that its channel can be broken. */
const forked = vi.hoisted(() => [] as ChildProcess[]);
vi.mock('node:child_process', async (original) => {
  const real = await original<{ readonly fork: typeof fork }>();
  const remember = (...given: Parameters<typeof fork>): ChildProcess => {
    const child = real.fork(...given);
    forked.push(child);
    return child;
  };
  return { ...real, fork: remember };
});

const entry = fileURLToPath(new URL('../../fakes/echoChild.ts', import.meta.url));
const opened: Supervisor[] = [];

function supervise(count = 2, options: Pick<SupervisorOptions, 'endsHung' | 'beatMs'> = {}): Supervisor {
  const supervisor = createSupervisor({
    name: 'engine',
    starter: createForkStarter({ entries: { engine: entry, reader: entry }, env: {} }),
    restartBudget: { count, windowMs: 60_000, delayMs: 20 },
    ...options,
  });
  opened.push(supervisor);
  return supervisor;
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const reply = (port: Port): Promise<unknown> => new Promise((resolve) => port.onMessage(resolve));
/** Whole processes are started; a busy machine takes its time. */
const patient = { timeout: 20_000 };
/** What the next beat of a living child says. */
const used = (supervisor: Supervisor): Promise<number | null> =>
  new Promise((resolve) => {
    supervisor.port();
    const stop = supervisor.onBeat(({ cpuMs }) => {
      stop();
      resolve(cpuMs);
    });
  });
const death = (supervisor: Supervisor): Promise<ChildDeath> => new Promise((resolve) => supervisor.onExit(resolve));

afterEach(async () => {
  await Promise.all(opened.splice(0).map((supervisor) => supervisor.stop()));
});

test('starts lazily, and bytes cross as bytes', async () => {
  const supervisor = supervise();
  expect(supervisor.pid()).toBeNull();
  const port = supervisor.port();
  const answer = reply(port);
  port.send({ rgb: new Uint8Array([1, 2, 255]) });
  expect(await answer).toEqual({ rgb: new Uint8Array([1, 2, 255]) });
  expect(supervisor.port()).toBe(port);
});

test('a death closes the port, says why, and the next port is a new child', async () => {
  const supervisor = supervise();
  const port = supervisor.port();
  const died = death(supervisor);
  let closed = false;
  port.onClose(() => (closed = true));
  port.send('die');
  expect(await died).toMatchObject({ signal: 'SIGKILL', reason: 'it was ended by SIGKILL' });
  expect(closed).toBe(true);
  const next = supervisor.port();
  const answer = reply(next);
  next.send('hello');
  expect(await answer).toBe('hello');
});

test('an assert text is part of the reason', async () => {
  const supervisor = supervise();
  const died = death(supervisor);
  supervisor.port().send('assert');
  expect((await died).reason).toContain('GGML_ASSERT(n_tokens > 0)');
});

test('a spent budget refuses with the last reason', async () => {
  const supervisor = supervise(1);
  for (let round = 0; round < 2; round++) {
    const died = death(supervisor);
    supervisor.port().send('die');
    await died;
  }
  let caught: unknown;
  try {
    supervisor.port();
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(FacetError);
  expect((caught as FacetError).data).toMatchObject({
    code: 'engineStopped',
    details: { reason: expect.stringContaining('SIGKILL') as string },
  });
});

test('stop lets a child end by itself, and ends one that will not', async () => {
  for (const stubborn of [false, true]) {
    const supervisor = supervise();
    const port = supervisor.port();
    const answer = reply(port);
    if (stubborn) port.send('hold');
    port.send('hello');
    await answer;
    const pid = supervisor.pid();
    let deaths = 0;
    supervisor.onExit(() => deaths++);
    await supervisor.stop();
    expect(pid === null || alive(pid)).toBe(false);
    expect(deaths).toBe(0);
  }
});

test('a child says with each beat what it used of the processor', async () => {
  const supervisor = supervise(2, { beatMs: 20, endsHung: false });
  await expect.poll(() => used(supervisor), patient).toBeGreaterThan(0);
});

test('a child that no longer says anything is ended, or only told about', async () => {
  const ended = supervise(2, { beatMs: 200 });
  await expect.poll(() => used(ended), patient).toBeGreaterThan(0);
  const died = death(ended);
  ended.port().send('spin');
  expect((await died).reason).toBe('it did not answer for 2 s');

  const kept = supervise(2, { beatMs: 20, endsHung: false });
  await expect.poll(() => used(kept), patient).toBeGreaterThan(0);
  const pid = kept.pid() ?? 0;
  let silent = 0;
  kept.onBeat(({ cpuMs }) => (silent = cpuMs === null ? silent + 1 : 0));
  kept.port().send('spin');
  await expect.poll(() => silent, patient).toBeGreaterThan(20);
  expect(alive(pid)).toBe(true);
  kept.kill('it is not needed any more');
});

test('a child that cannot send its answer ends, and tells why', async () => {
  const supervisor = supervise();
  const died = death(supervisor);
  supervisor.port().send('break');
  expect((await died).reason).toContain('a message could not be sent to Facet: write ENOBUFS');
});

test('a request that cannot be sent ends the child, so that nobody waits for its answer', async () => {
  const supervisor = supervise();
  const port = supervisor.port();
  const answer = reply(port);
  port.send('hello');
  await answer;
  const child = forked.at(-1);
  if (child === undefined) throw new Error('no child was started');
  vi.spyOn(child, 'send').mockImplementation((_message: unknown, done: unknown) => {
    process.nextTick(done as (error: Error) => void, new Error('write ENOBUFS'));
    return false;
  });
  const died = death(supervisor);
  port.send('lost');
  expect((await died).reason).toContain('a message could not be sent to it: write ENOBUFS');
});

test('what cannot be copied is refused at once', async () => {
  const client = createRpcClient(supervise().port());
  await expect(client.request('echo', { f: () => undefined })).rejects.toThrow(/could not be cloned/);
});

test('a host that ends untidily takes its children with it, even one that listens to nothing', async () => {
  const host = fileURLToPath(new URL('../../fakes/exitUntidily.ts', import.meta.url));
  const pid = await new Promise<number>((resolve, reject) => {
    execFile(process.execPath, [host], (error, stdout) =>
      error?.code === 3 ? resolve(Number(stdout)) : reject(error ?? new Error(stdout)),
    );
  });
  expect(pid).toBeGreaterThan(1);
  for (let tries = 0; alive(pid) && tries < 200; tries++) await delay(20);
  expect(alive(pid)).toBe(false);
});
