// Bundles the host, its children, the preload and the command line into dist/. Runs on the project's Node: electron/bootstrap/buildApp.mjs starts it.
import { readFileSync, rmSync, readdirSync } from 'node:fs';
import { build } from 'esbuild';
import { inProject, neededNode, root } from './project.mjs';

/** What stays in node_modules: packages with native parts or files of their own, which are then `dependencies`. */
const external = ['electron', ...Object.keys(JSON.parse(readFileSync(inProject('package.json'), 'utf8')).dependencies)];

/** Entries that people or supervisors start by themselves; each refuses an old Node before it loads anything else. */
const nodeEntries = {
  engine: 'electron/engine/engineMain.ts',
  reader: 'electron/reader/readerMain.ts',
  // A thread of the reader's.
  ocrWorker: 'electron/reader/ocr/ocrWorker.ts',
  facet: 'electron/headless/facet.ts',
};

/** @type {import('esbuild').BuildOptions & { metafile: true }} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  metafile: true,
  platform: 'node',
  target: `node${neededNode}`,
  external,
  sourcemap: 'linked',
  logLevel: 'warning',
  legalComments: 'linked',
};

/** @type {import('esbuild').BuildOptions & { metafile: true }} */
const modules = {
  ...shared,
  format: 'esm',
  splitting: true,
  outdir: 'dist',
  // Flat, so that import.meta.dirname is dist/ in every file.
  chunkNames: '[name]-[hash]',
  // CommonJS packages inside the bundles call require for Node's own modules.
  banner: { js: "import { createRequire as facetCreateRequire } from 'node:module'; const require = facetCreateRequire(import.meta.url);" },
};

/**
 * Wraps an entry so that the version check runs before any import of it.
 * @type {import('esbuild').Plugin}
 */
const guardedEntries = {
  name: 'guarded-entries',
  setup(bundler) {
    bundler.onResolve({ filter: /^guarded:/ }, ({ path }) => ({ path: path.slice('guarded:'.length), namespace: 'guarded' }));
    bundler.onLoad({ filter: /.*/, namespace: 'guarded' }, ({ path }) => ({
      resolveDir: root,
      loader: 'js',
      contents: `import { requireNode } from './electron/bootstrap/requireNode.mjs';\nrequireNode(${neededNode});\nawait import('./${path}');\n`,
    }));
  },
};

const results = await Promise.all([
  build({
    ...modules,
    plugins: [guardedEntries],
    entryPoints: Object.entries(nodeEntries).map(([out, path]) => ({ in: `guarded:${path}`, out })),
  }),
  build({ ...modules, entryPoints: [{ in: 'electron/main/main.ts', out: 'main' }] }),
  build({ ...shared, format: 'cjs', entryPoints: ['electron/preload/preload.ts'], outfile: 'dist/preload.cjs' }),
]);

// Removed only now: an app that runs from here finds its children's entries at every moment.
const made = new Set(results.flatMap(({ metafile }) => Object.keys(metafile.outputs)));
for (const entry of readdirSync(inProject('dist'), { withFileTypes: true })) {
  if (entry.isFile() && !made.has(`dist/${entry.name}`)) rmSync(inProject('dist', entry.name));
}
