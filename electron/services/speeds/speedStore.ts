import type { Database } from '../database/openDatabase.ts';
import { storageError } from '../database/storageError.ts';
import type { CacheType } from '../../shared/memoryEstimate.ts';
import type { DecodeCost, Prefill, Timed } from './runCost.ts';

/** Observations kept in each bucket; the middle one counts, so that one busy moment does not, and a faster machine is noticed soon. */
const keptObservations = 5;

/** What runs a model: the same file is another machine with another backend, number of threads or cache. */
export interface Machine {
  readonly modelSha256: string;
  readonly backend: string;
  /** As in the settings: 0 is chosen by the engine. */
  readonly threads: number;
  readonly cacheType: CacheType;
}

/** Text that was written after a prompt of `depth` tokens: `ms` for `tokens` of it. */
export interface Decode {
  readonly depth: number;
  readonly tokens: number;
  readonly ms: number;
}

/** The middle measurement of every bucket. */
export interface Measurements {
  readonly prefills: readonly Prefill[];
  readonly decodes: readonly Decode[];
  /** Kept states of so many tokens that were read from disk. */
  readonly takeUps: readonly Timed[];
  /** Of prompts of so many tokens: everything before the first token that is neither encoding, nor taking up, nor reading. */
  readonly overheads: readonly Timed[];
}

/** How quickly models read and write on this machine, remembered between starts. @throws FacetError diskFailed when recording */
export interface SpeedStore {
  recordPrefill(machine: Machine, prefill: Prefill): void;
  recordDecode(machine: Machine, decode: Decode): void;
  recordTakeUp(machine: Machine, takeUp: Timed): void;
  recordOverhead(machine: Machine, overhead: Timed): void;
  /** Null when nothing was measured. */
  of(machine: Machine): Measurements | null;
  /** The machine on which this model was measured last, of any where null is given; null when none was. */
  newest(modelSha256: string | null): Machine | null;
}

export function createSpeedStore(database: Database): SpeedStore {
  interface Row {
    readonly kind: string;
    readonly observations: string;
  }
  const one = database.prepare<[string, string, number, string, string, string], { readonly observations: string }>(
    `SELECT observations FROM model_speeds WHERE model_sha256 = ? AND backend = ? AND threads = ? AND cache_type = ? AND kind = ? AND bucket = ?`,
  );
  const every = database.prepare<[string, string, number, string], Row>(
    'SELECT kind, observations FROM model_speeds WHERE model_sha256 = ? AND backend = ? AND threads = ? AND cache_type = ? ORDER BY kind, bucket',
  );
  const newest = database.prepare<
    [string | null, string | null],
    { readonly model_sha256: string; readonly backend: string; readonly threads: number; readonly cache_type: CacheType }
  >(
    `SELECT model_sha256, backend, threads, cache_type FROM model_speeds WHERE (? IS NULL OR model_sha256 = ?) ORDER BY measured_at DESC LIMIT 1`,
  );
  const insert = database.prepare(
    `INSERT OR REPLACE INTO model_speeds (model_sha256, backend, threads, cache_type, kind, bucket, observations, measured_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const record = ({ modelSha256, backend, threads, cacheType }: Machine, kind: string, bucket: string, observation: object): void => {
    const known = parse(one.get(modelSha256, backend, threads, cacheType, kind, bucket)?.observations);
    const kept = JSON.stringify([...known, observation].slice(-keptObservations));
    try {
      insert.run(modelSha256, backend, threads, cacheType, kind, bucket, kept, Date.now());
    } catch (error) {
      throw storageError(error, database.name);
    }
  };
  return {
    recordPrefill: (machine, prefill) => {
      record(machine, 'prefill', `${scale(prefill.to - prefill.from)} after ${scale(prefill.from)}`, prefill);
    },
    recordDecode: (machine, decode) => record(machine, 'decode', String(scale(decode.depth)), decode),
    recordTakeUp: (machine, takeUp) => record(machine, 'takeUp', String(scale(takeUp.tokens)), takeUp),
    recordOverhead: (machine, overhead) => record(machine, 'overhead', String(scale(overhead.tokens)), overhead),
    of: ({ modelSha256, backend, threads, cacheType }) => {
      const rows = every.all(modelSha256, backend, threads, cacheType);
      if (rows.length === 0) return null;
      const middles = <T>(kind: string, perToken: (observation: T) => number): readonly T[] =>
        rows.flatMap((row) => (row.kind === kind ? middle(parse(row.observations) as readonly T[], perToken) : []));
      return {
        prefills: middles<Prefill>('prefill', ({ from, to, ms }) => ms / (to - from)),
        decodes: middles<Decode>('decode', ({ tokens, ms }) => ms / tokens),
        takeUps: middles<Timed>('takeUp', ({ tokens, ms }) => ms / tokens),
        overheads: middles<Timed>('overhead', ({ ms }) => ms),
      };
    },
    newest: (modelSha256) => {
      const row = newest.get(modelSha256, modelSha256);
      return row === undefined
        ? null
        : { modelSha256: row.model_sha256, backend: row.backend, threads: row.threads, cacheType: row.cache_type };
    },
  };
}

/** What writing costs by what was measured: at the shallowest and the deepest place. Null without measurements. */
export function decodeCost({ decodes }: Pick<Measurements, 'decodes'>): DecodeCost | null {
  const ordered = decodes.toSorted((a, b) => a.depth - b.depth);
  const first = ordered[0];
  const last = ordered.at(-1);
  if (first === undefined || last === undefined) return null;
  const growth = last.depth > first.depth ? (last.ms / last.tokens - first.ms / first.tokens) / (last.depth - first.depth) : 0;
  const depth = Math.max(0, growth);
  return { token: Math.max(0, first.ms / first.tokens - depth * first.depth), depth };
}

/** Doublings, so that a bucket holds what is alike. */
function scale(tokens: number): number {
  return Math.floor(Math.log2(Math.max(1, tokens)));
}

function parse(json: string | undefined): readonly unknown[] {
  return json === undefined ? [] : (JSON.parse(json) as readonly unknown[]);
}

function middle<T>(values: readonly T[], by: (value: T) => number): readonly T[] {
  return values.toSorted((a, b) => by(a) - by(b)).slice(Math.floor(values.length / 2), Math.floor(values.length / 2) + 1);
}
