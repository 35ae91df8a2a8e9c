import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deviceBookFile } from '../../shared/gpu.ts';
import type { Placement } from '../engineContract.ts';

/** How a device did when it was tested; empty clauses where it did well. */
export interface Finding {
  readonly fault: string;
  /** About the quantised KV cache alone. */
  readonly cacheFault: string;
}

/** A place that a model could not take. */
export interface Failure {
  readonly model: string;
  readonly placement: Placement;
  readonly reason: string;
  /** What the device had free then: with more, it is worth another try. */
  readonly freeBytes: number;
  /** The engine ended over it, so that it is never tried again. */
  readonly died: boolean;
}

/** Work on a device that may end the engine. */
export type DeviceWork =
  { readonly kind: 'start' | 'test' | 'run' } | ({ readonly kind: 'load' } & Pick<Failure, 'model' | 'placement' | 'freeBytes'>);

/**
 * What was found out about devices, by an identity that changes with the device, its driver and Facet's libraries. On disk at once, since the next thing
 * a device does may end this process: work that was begun and never ended by a process that is gone was its end.
 */
export interface DeviceBook {
  finding(identity: string): Finding | null;
  failures(identity: string, model: string): readonly Failure[];
  /** To be called before the work; what it gives is to be called when the work has ended in whatever way. */
  begin(identity: string, work: DeviceWork): () => void;
  found(identity: string, finding: Finding): void;
  failed(identity: string, failure: Failure): void;
  /** For another test by hand. */
  forget(identity: string): void;
}

interface Entry {
  readonly finding: Finding | null;
  readonly failures: readonly Failure[];
  /** Ends of the engine in a row, by what the device was doing. */
  readonly ends: Readonly<Partial<Record<DeviceWork['kind'], number>>>;
  readonly atWork: readonly { readonly pid: number; readonly work: DeviceWork }[];
}

/** One end may have had another cause, such as a machine that was switched off. */
const mostEnds = 2;
/** Devices, drivers and builds remembered, and failures of each. */
const mostEntries = 32;
const mostFailures = 64;
const nothing: Entry = { finding: null, failures: [], ends: {}, atWork: [] };
const whileWords = { start: 'when it was started', test: 'while it was tested', run: 'while it answered', load: 'while it took a model' };

export function openDeviceBook(folder: string, isAlive: (pid: number) => boolean = processIsAlive): DeviceBook {
  const path = join(folder, deviceBookFile);
  const change = (identity: string, next: (entry: Entry) => Entry): void => {
    const { [identity]: before, ...others } = read(path);
    const kept = Object.entries(others).slice(-mostEntries + 1);
    write(path, Object.fromEntries([...kept, [identity, next(before ?? nothing)]]));
  };
  for (const [identity, entry] of Object.entries(read(path))) {
    const lost = entry.atWork.filter(({ pid }) => pid !== process.pid && !isAlive(pid));
    if (lost.length > 0) change(identity, (now) => lost.reduce((sum, { pid, work }) => withEnd(sum, pid, work), now));
  }
  const entryOf = (identity: string): Entry => read(path)[identity] ?? nothing;
  return {
    finding: (identity) => entryOf(identity).finding,
    failures: (identity, model) => entryOf(identity).failures.filter((failure) => failure.model === model),
    begin: (identity, work) => {
      change(identity, (entry) => ({ ...entry, atWork: [...entry.atWork, { pid: process.pid, work }] }));
      return () =>
        change(identity, (entry) => ({
          ...entry,
          ends: { ...entry.ends, [work.kind]: 0 },
          atWork: entry.atWork.filter(({ pid }) => pid !== process.pid),
        }));
    },
    found: (identity, finding) => change(identity, (entry) => ({ ...entry, finding })),
    failed: (identity, failure) => change(identity, (entry) => withFailure(entry, failure)),
    forget: (identity) => change(identity, () => nothing),
  };
}

function withEnd(entry: Entry, pid: number, work: DeviceWork): Entry {
  const count = (entry.ends[work.kind] ?? 0) + 1;
  const ended: Entry = {
    ...entry,
    ends: { ...entry.ends, [work.kind]: count },
    atWork: entry.atWork.filter((other) => other.pid !== pid),
  };
  const { kind } = work;
  if (kind === 'load') {
    const { model, placement, freeBytes } = work;
    return withFailure(ended, { model, placement, freeBytes, reason: 'the engine ended over it', died: true });
  }
  if (count < mostEnds) return ended;
  return { ...ended, finding: { fault: `the engine ended twice ${whileWords[kind]}`, cacheFault: '' } };
}

function withFailure(entry: Entry, failure: Failure): Entry {
  const isOther = ({ model, placement }: Failure): boolean =>
    model !== failure.model || JSON.stringify(placement) !== JSON.stringify(failure.placement);
  return { ...entry, failures: [...entry.failures.filter(isOther), failure].slice(-mostFailures) };
}

/** What cannot be read is found out again. */
function read(path: string): Readonly<Record<string, Entry>> {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof content !== 'object' || content === null) return {};
    return Object.fromEntries(Object.entries(content).filter((pair): pair is [string, Entry] => isEntry(pair[1])));
  } catch {
    return {};
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { finding, failures, ends, atWork } = value as Partial<Record<keyof Entry, unknown>>;
  return typeof finding === 'object' && Array.isArray(failures) && Array.isArray(atWork) && typeof ends === 'object' && ends !== null;
}

/** Where it cannot be written nothing is remembered, which costs time and not answers. */
function write(path: string, entries: Readonly<Record<string, Entry>>): void {
  const part = `${path}.${process.pid}.part`;
  try {
    mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
    writeFileSync(part, JSON.stringify(entries, null, 1), { mode: 0o600 });
    renameSync(part, path);
  } catch {
    // What lies there half written is written over by the next one.
  }
}

function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
