import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Packages that are needed to build or to test, and of which nothing is inside a finished Facet. */
const toolsOnly = [
  /^@types\//,
  /^@eslint\//,
  /^@axe-core\//,
  /^@playwright\//,
  /^@vitejs\//,
  /^(electron-builder|@electron\/fuses|esbuild|vite|vitest|typescript|prettier|globals|jsdom|fast-check|playwright|node)$/,
  /^(eslint|typescript-eslint|eslint-plugin-.*)$/,
];

/** @typedef {{ version: string, license?: string, dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} Locked */

/**
 * Every installed package that is inside a finished Facet, with all that they need themselves, by name.
 * A new dependency counts as shipped until it is named as a tool above.
 * @returns {readonly { name: string, version: string, licence: string, path: string }[]} `path` is relative to the root
 */
export function shippedPackages() {
  const read = (/** @type {string} */ file) => JSON.parse(readFileSync(join(root, file), 'utf8'));
  const { dependencies, devDependencies, optionalDependencies } = read('package.json');
  /** @type {Record<string, Locked>} */
  const locked = read('package-lock.json').packages;
  /** @type {Map<string, { name: string, version: string, licence: string, path: string }>} */
  const found = new Map();

  /** As Node resolves it: the nearest node_modules upwards. @param {string} from @param {string} name @returns {string | null} */
  const resolve = (from, name) => {
    const path = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
    if (locked[path] !== undefined) return path;
    return from === '' ? null : resolve(from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name);
  };
  /** @param {string} from @param {string} name */
  const add = (from, name) => {
    const path = resolve(from, name);
    const facts = path === null ? undefined : locked[path];
    // Packages of other platforms are locked and not installed.
    if (path === null || facts === undefined || found.has(path) || name.startsWith('@types/') || !existsSync(join(root, path))) return;
    found.set(path, { name, version: facts.version, licence: facts.license ?? 'see below', path });
    // Of Electron only its program is inside; what its package needs is for fetching that.
    if (name === 'electron') return;
    for (const needed of Object.keys({ ...facts.dependencies, ...facts.optionalDependencies })) add(path, needed);
  };
  const bundled = Object.keys(devDependencies).filter((name) => !toolsOnly.some((tool) => tool.test(name)));
  for (const name of [...Object.keys(dependencies), ...bundled, ...Object.keys(optionalDependencies)]) add('', name);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
