import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { forgetMovedCache, generator, reportProgress } from './compile.mjs';
import { BuildProblem } from './problem.mjs';
import { run } from './run.mjs';

/**
 * Milliseconds of processor time for encoding pictures, writing and reading text; the worst relative error of a product or of attention; how many weight
 * types give a token other bits among drafts than alone.
 * @typedef {{ encodingMs: number, decodingMs: number, readingMs: number, error: number, differing: number }} Trial
 */

/** What the compiled library must win by, all three together; less is noise. */
const worthTaking = 1.03;
/** And may lose at any one of them. */
const noise = 0.97;
/** A vector of 8-bit integers may be off by that much, relative; what is wrong is off by far more. */
const mostError = 0.015;

/**
 * Compiles the CPU backend that this machine loads (`portable`: all of them) and puts it over the prebuilt one where it computes right and is quicker,
 * which is tried out: the prebuilt one comes from an older compiler, and which is better depends on the compiler here. Whatever goes wrong, the
 * prebuilt ones stay.
 * @param {{ paths: { root: string, cpuWork: string, staging: string }, source: string, libraries: { folder: string }, portable: boolean,
 *   say: (line: string) => void }} request
 */
export async function improveCpuBackend({ paths, source, libraries, portable, say }) {
  try {
    await improve({ paths, source, libraries, portable, say });
  } catch (error) {
    if (!(error instanceof BuildProblem)) throw error;
    say(`the prebuilt CPU backend stays: ${error.message.split('\n')[0]}`);
  }
}

/** @param {Parameters<typeof improveCpuBackend>[0]} request */
async function improve({ paths, source, libraries, portable, say }) {
  const prebuilt = readdirSync(libraries.folder).filter((name) => /^libggml-cpu-.+\.so$/.test(name));
  // macOS has the compiler that its prebuilt libraries come from, and Windows compiles everything.
  if (process.platform !== 'linux' || prebuilt.length === 0) return;
  const made = join(paths.cpuWork, 'made');
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made, { recursive: true });
  forgetMovedCache(join(paths.root, 'native', 'cpu'), paths.cpuWork);
  await run(
    'cmake',
    [
      ...['-S', join(paths.root, 'native', 'cpu'), '-B', paths.cpuWork, ...generator()],
      '-DCMAKE_BUILD_TYPE=Release',
      `-DFACET_LLAMA_SOURCE=${source}`,
      `-DFACET_LIBRARIES=${libraries.folder}`,
      `-DFACET_OUT=${made}`,
    ],
    { what: 'CMake' },
  );
  const build = (/** @type {readonly string[]} */ targets, /** @type {(line: string) => void} */ onLine) =>
    run('cmake', ['--build', paths.cpuWork, '--parallel', String(availableParallelism()), '--target', ...targets], {
      what: 'The compiler',
      onLine,
    });
  await build(['facet-cpu-trial'], () => undefined);
  const trial = (/** @type {readonly string[]} */ args) =>
    run(join(made, 'facet-cpu-trial'), args, { what: 'The trial of the CPU backend' });

  const here = loadedHere(prebuilt, await trial(['score', ...prebuilt.map((name) => join(libraries.folder, name))]));
  const wanted = portable ? prebuilt : [here];
  say(
    `compiling the CPU backend (${wanted.length === 1 ? `${targetOf(here)}, about a minute` : `${wanted.length} variants, a minute each`})`,
  );
  await build(wanted.map(targetOf), reportProgress(say));

  const [theirs, ours] = parseTimes(await trial(['time', join(libraries.folder, here), join(made, here)]));
  const { take, told } = judge(theirs, ours);
  if (!take) return say(`the prebuilt CPU backend stays; compiled here: ${told}`);
  for (const name of wanted.filter((name) => existsSync(join(made, name)))) copyFileSync(join(made, name), join(paths.staging, name));
  say(`the CPU backend compiled here takes the prebuilt one's place: ${told}`);
}

/**
 * Whether the compiled library takes the prebuilt one's place, and why.
 * @param {Trial} prebuilt @param {Trial} compiled @returns {{ take: boolean, told: string }}
 */
export function judge(prebuilt, compiled) {
  if (!(compiled.error <= mostError)) return { take: false, told: `wrong results, relative error ${compiled.error}` };
  if (compiled.differing !== 0) return { take: false, told: `drafts would change answers with ${compiled.differing} types of weights` };
  const encoding = prebuilt.encodingMs / compiled.encodingMs;
  const decoding = prebuilt.decodingMs / compiled.decodingMs;
  const reading = prebuilt.readingMs / compiled.readingMs;
  return {
    take: encoding * decoding * reading >= worthTaking && Math.min(encoding, decoding, reading) >= noise,
    told: `${encoding.toFixed(2)} times its speed at encoding, ${decoding.toFixed(2)} times at decoding, ${reading.toFixed(2)} times at reading`,
  };
}

const targetOf = (/** @type {string} */ name) => name.replace(/^lib|\.so$/g, '');

/** The library that llama.cpp loads on this machine: the one with the highest score. @param {readonly string[]} names @param {string} output */
function loadedHere(names, output) {
  const scores = output.trim().split('\n').map(Number);
  const best = names.map((name, index) => ({ name, score: scores[index] ?? 0 })).toSorted((a, b) => b.score - a.score)[0];
  if (best === undefined || best.score <= 0) throw new BuildProblem('none of the CPU backends runs on this machine');
  return best.name;
}

/** @param {string} output @returns {Trial[]} */
function parseTimes(output) {
  return output
    .trim()
    .split('\n')
    .map((line) => {
      const [encodingMs = NaN, decodingMs = NaN, readingMs = NaN, error = NaN, differing = NaN] = line.split(' ').map(Number);
      return { encodingMs, decodingMs, readingMs, error, differing };
    });
}
