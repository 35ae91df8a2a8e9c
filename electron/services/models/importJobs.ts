import { beingAddedPrefix, type Model } from '../../shared/models.ts';
import { createProgressMeter } from './progressMeter.ts';

/** Files smaller than this are hashed before anybody could read a progress bar. */
const silentBytes = 64 * 1024 ** 2;

export interface ImportJobs {
  /** Models that are being hashed, each under an id of its own until its real one is known. */
  list(): readonly Model[];
  /** Runs `work`, shown as a model that is coming from this computer once `onHashed` reports a large file. */
  show<T>(path: string, name: string, work: (onHashed: (done: number, total: number) => void) => Promise<T>): Promise<T>;
}

/** Makes the hashing of large files visible. */
export function createImportJobs(changed: (model: Model) => void, removed: (id: string) => void): ImportJobs {
  const jobs = new Map<string, Model>();
  let counter = 0;
  return {
    list: () => [...jobs.values()],
    async show(path, name, work) {
      const id = `${beingAddedPrefix}${process.pid}-${++counter}`;
      let job: Model | null = null;
      const meter = createProgressMeter(() => {
        if (job !== null) changed(job);
      });
      const onHashed = (done: number, total: number): void => {
        if (total < silentBytes) return;
        job = describeJob(id, path, name, done, total, meter.bytesPerSecond());
        jobs.set(id, job);
        meter.report(done);
      };
      try {
        return await work(onHashed);
      } finally {
        if (jobs.delete(id)) removed(id);
      }
    },
  };
}

function describeJob(id: string, path: string, name: string, done: number, total: number, bytesPerSecond: number): Model {
  return {
    id,
    name,
    size: 'custom',
    quantisation: '',
    text: { path, bytes: total, sha256: null },
    projector: null,
    profile: 'turns',
    contextLimit: 0,
    builtIn: false,
    state: { kind: 'downloading', receivedBytes: done, totalBytes: total, bytesPerSecond, source: 'this computer' },
    notes: [],
    licence: '',
  };
}
