import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { improveCpuBackend, judge } from '../../../native/build-steps/cpuBackend.mjs';

describe('the CPU backend compiled here', () => {
  const prebuilt = { encodingMs: 80, decodingMs: 8, readingMs: 40, error: 0.006, differing: 5 };
  const exact = { ...prebuilt, differing: 0 };

  it('is taken when it is quicker', () => {
    expect(judge(prebuilt, { ...exact, encodingMs: 50 })).toEqual({
      take: true,
      told: '1.60 times its speed at encoding, 1.00 times at decoding, 1.00 times at reading',
    });
  });

  it.each([
    ['as quick', exact],
    ['quicker by less than noise', { ...exact, encodingMs: 79 }],
    ['quicker at one thing and as much slower at another', { ...exact, encodingMs: 40, decodingMs: 16 }],
    ['much quicker at two things and slower at the third', { ...exact, encodingMs: 40, decodingMs: 6, readingMs: 43 }],
    ['wrong', { ...exact, encodingMs: 1, error: 0.5 }],
    ['no number', { ...exact, encodingMs: 1, error: NaN }],
    ['without a time', { encodingMs: NaN, decodingMs: NaN, readingMs: NaN, error: 0, differing: 0 }],
    ['one that gives a token other bits among drafts than alone', { ...exact, encodingMs: 1, differing: 1 }],
  ])('is left when it is %s', (_name, compiled) => expect(judge(prebuilt, compiled).take).toBe(false));
});

describe('a compiler that fails', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'facet-cpu-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('costs one line and leaves the prebuilt library', async () => {
    const libraries = { folder: join(folder, 'libraries') };
    const staging = join(folder, 'staging');
    for (const place of [libraries.folder, staging]) {
      await mkdir(place);
      await writeFile(join(place, 'libggml-cpu-haswell.so'), 'prebuilt');
    }
    const root = join(import.meta.dirname, '../../..');
    const said: string[] = [];
    await improveCpuBackend({
      paths: { root, cpuWork: join(folder, 'work'), staging },
      // No source, so CMake stops.
      source: join(folder, 'nowhere'),
      libraries,
      portable: false,
      say: (line) => said.push(line),
    });
    expect(said).toEqual(process.platform === 'linux' ? [expect.stringMatching(/^the prebuilt CPU backend stays: CMake failed/)] : []);
    expect(await readFile(join(staging, 'libggml-cpu-haswell.so'), 'utf8')).toBe('prebuilt');
  });
});
