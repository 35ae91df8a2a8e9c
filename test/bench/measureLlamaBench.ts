import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Shape, Speed } from './speedTypes.ts';

interface BenchRow {
  readonly n_prompt: number;
  readonly n_gen: number;
  readonly avg_ts: number;
}

/** One repetition of llama-bench with its defaults, at the same depth and lengths. */
export async function measureLlamaBench(path: string, { model, depth, prompt, write }: Shape): Promise<Speed> {
  const args = ['-m', model, '-p', String(prompt), '-n', String(write), '-d', String(depth), '-r', '1', '-o', 'json'];
  const { stdout } = await promisify(execFile)(path, args, { maxBuffer: 1 << 24 });
  const rows = JSON.parse(stdout) as readonly BenchRow[];
  const speed = (wanted: (row: BenchRow) => boolean): number => rows.find(wanted)?.avg_ts ?? Number.NaN;
  return { prefill: speed((row) => row.n_prompt > 0 && row.n_gen === 0), decode: speed((row) => row.n_gen > 0) };
}
