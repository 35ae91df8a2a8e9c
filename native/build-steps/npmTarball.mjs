import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BuildProblem } from './problem.mjs';
import { run } from './run.mjs';

/**
 * Downloads one npm package through npm itself (its registry, proxy and cache settings apply) and checks it against a pinned integrity.
 * @param {{ spec: string, integrity: string, folder: string, say: (line: string) => void }} request
 * @returns {Promise<string>} path of the tarball
 */
export async function fetchNpmTarball({ spec, integrity, folder, say }) {
  const kept = join(folder, 'package.tgz');
  if (matches(kept, integrity)) return kept;
  const incoming = join(folder, 'incoming');
  rmSync(incoming, { recursive: true, force: true });
  mkdirSync(incoming, { recursive: true });
  say(`fetching ${spec} from npm`);
  await run('npm', ['pack', spec, '--pack-destination', incoming, '--ignore-scripts', '--loglevel', 'error'], { what: `npm pack ${spec}` });
  const [name] = readdirSync(incoming);
  if (name === undefined) throw new BuildProblem(`npm pack ${spec} gave no file`);
  const fetched = join(incoming, name);
  if (!matches(fetched, integrity)) {
    rmSync(incoming, { recursive: true, force: true });
    throw new BuildProblem(`${spec} is not the file this project was made with (sha512 differs); nothing of it was used`);
  }
  renameSync(fetched, kept);
  rmSync(incoming, { recursive: true, force: true });
  return kept;
}

/** @param {string} path @param {string} integrity */
function matches(path, integrity) {
  try {
    return `sha512-${createHash('sha512').update(readFileSync(path)).digest('base64')}` === integrity;
  } catch {
    return false;
  }
}
