import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

// The real configuration; only the rules that need type information are off, so that a file need not exist to be judged.
const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: join(root, 'eslint.config.js'),
  overrideConfig: [
    tseslint.configs.disableTypeChecked as ESLint.Options['overrideConfig'] & object,
    { languageOptions: { parserOptions: { projectService: false } } },
  ].flat(),
});

const layerRules = new Set(['no-restricted-imports', 'no-restricted-syntax', 'import-x/no-restricted-paths']);

async function objections(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: join(root, file) });
  if (result === undefined) throw new Error(`${file} was not linted`);
  const fatal = result.messages.find((message) => message.fatal === true);
  if (fatal !== undefined) throw new Error(`${file}: ${fatal.message}`);
  return result.messages.flatMap(({ ruleId }) => (ruleId !== null && layerRules.has(ruleId) ? [ruleId] : []));
}

/** Path rules judge only files that exist: a row whose target was renamed would prove nothing. */
function expectTarget(from: string, module: string): void {
  if (module.startsWith('.')) expect(existsSync(join(root, dirname(from), module)), `${module} exists`).toBe(true);
}

interface Row {
  readonly layer: string;
  readonly file: string;
  readonly allowed: readonly string[];
  readonly forbidden: readonly string[];
}

const rows: readonly Row[] = [
  {
    layer: 'shared',
    file: 'electron/shared/example.ts',
    allowed: ['./errors.ts'],
    forbidden: [
      'node:fs',
      'electron',
      'zod',
      'react',
      'ws',
      '../services/createServices.ts',
      '../engine/engineContract.ts',
      '../reader/readerContract.ts',
      '../children/childStarter.ts',
      '../main/main.ts',
      '../preload/preload.ts',
      '../headless/facet.ts',
      '../../renderer/main.tsx',
      '../../test/fakes/electron.ts',
    ],
  },
  {
    layer: 'shared: validation',
    file: 'electron/shared/validation.ts',
    allowed: ['./errors.ts', 'zod'],
    forbidden: ['node:fs', 'electron'],
  },
  {
    layer: 'services',
    file: 'electron/services/example.ts',
    allowed: [
      'node:fs',
      './createServices.ts',
      '../shared/errors.ts',
      '../children/childStarter.ts',
      '../engine/engineContract.ts',
      '../engine/engineClient.ts',
      '../reader/readerContract.ts',
      '../reader/readerClient.ts',
    ],
    forbidden: [
      'electron',
      'sharp',
      'pdfjs-dist',
      'pdfjs-dist/legacy/build/pdf.mjs',
      '@napi-rs/canvas',
      'zod',
      'better-sqlite3',
      'react',
      '../engine/engineMain.ts',
      '../reader/readerMain.ts',
      '../main/main.ts',
      '../headless/facet.ts',
      '../preload/preload.ts',
      '../../renderer/main.tsx',
      '../../test/fakes/electron.ts',
    ],
  },
  {
    layer: 'services: database',
    file: 'electron/services/database/example.ts',
    allowed: ['better-sqlite3', 'node:path', '../../shared/errors.ts'],
    forbidden: ['electron', 'zod', '../../main/main.ts'],
  },
  {
    layer: 'children',
    file: 'electron/children/example.ts',
    allowed: ['node:child_process', './childStarter.ts', '../shared/rpc.ts'],
    forbidden: ['electron', 'better-sqlite3', '../engine/engineContract.ts', '../services/createServices.ts', '../main/main.ts'],
  },
  {
    layer: 'engine',
    file: 'electron/engine/example.ts',
    allowed: ['node:path', './engineContract.ts', '../shared/rpc.ts', '../children/childStarter.ts'],
    forbidden: [
      'electron',
      'better-sqlite3',
      'sharp',
      '../services/createServices.ts',
      '../reader/readerContract.ts',
      '../main/main.ts',
      '../headless/facet.ts',
      '../../renderer/main.tsx',
    ],
  },
  {
    layer: 'reader',
    file: 'electron/reader/example.ts',
    allowed: ['node:path', 'sharp', 'pdfjs-dist', './readerContract.ts', '../shared/rpc.ts', '../children/childStarter.ts'],
    forbidden: [
      'electron',
      'better-sqlite3',
      '../services/createServices.ts',
      '../engine/engineContract.ts',
      '../main/main.ts',
      '../headless/facet.ts',
    ],
  },
  {
    layer: 'main',
    file: 'electron/main/example.ts',
    allowed: [
      'electron',
      'node:path',
      '../shared/errors.ts',
      '../services/createServices.ts',
      '../engine/engineClient.ts',
      '../children/childStarter.ts',
      '../headless/runProcess.ts',
    ],
    forbidden: [
      'better-sqlite3',
      'sharp',
      '../engine/engineMain.ts',
      '../reader/readerMain.ts',
      '../headless/facet.ts',
      '../preload/preload.ts',
      '../../renderer/main.tsx',
    ],
  },
  {
    layer: 'headless',
    file: 'electron/headless/example.ts',
    allowed: [
      'node:http',
      'ws',
      '../shared/errors.ts',
      '../services/createServices.ts',
      '../reader/readerClient.ts',
      '../children/childStarter.ts',
    ],
    forbidden: ['electron', 'sharp', '../engine/engineMain.ts', '../main/main.ts', '../preload/preload.ts', '../../renderer/main.tsx'],
  },
  {
    layer: 'preload',
    file: 'electron/preload/preload.ts',
    allowed: ['electron', '../shared/errors.ts'],
    forbidden: [
      'node:fs',
      'react',
      '../services/createServices.ts',
      '../main/main.ts',
      '../engine/engineContract.ts',
      '../../renderer/main.tsx',
    ],
  },
  {
    layer: 'preload: other files',
    file: 'electron/preload/example.ts',
    allowed: ['../shared/errors.ts'],
    forbidden: ['electron', 'node:fs'],
  },
  {
    layer: 'renderer',
    file: 'renderer/features/example.tsx',
    allowed: ['react', 'zustand', '../../electron/shared/errors.ts', '../main.tsx'],
    forbidden: [
      'node:fs',
      'electron',
      'better-sqlite3',
      'sharp',
      'ws',
      'zod',
      '../../electron/services/createServices.ts',
      '../../electron/engine/engineContract.ts',
      '../../electron/children/childStarter.ts',
      '../../electron/main/main.ts',
      '../../electron/preload/preload.ts',
      '../../electron/headless/facet.ts',
      '../../test/fakes/electron.ts',
    ],
  },
  {
    layer: 'renderer/components',
    file: 'renderer/components/example.tsx',
    allowed: ['react', 'lucide-react', '../../electron/shared/errors.ts'],
    forbidden: [
      'zustand',
      'node:fs',
      '../client/facetClient.ts',
      '../state/appStore.ts',
      '../features/chat/ChatColumn.tsx',
      '../../electron/main/main.ts',
    ],
  },
];

describe.each(rows)('imports of $layer', ({ file, allowed, forbidden }) => {
  it.each(allowed)('may import %s', async (module) => {
    expectTarget(file, module);
    expect(await objections(file, `import '${module}';`)).toEqual([]);
    expect(await objections(file, `await import('${module}');`)).toEqual([]);
  });
  it.each(forbidden)('may not import %s', async (module) => {
    expectTarget(file, module);
    expect(await objections(file, `import '${module}';`)).not.toEqual([]);
    expect(await objections(file, `import type { Anything } from '${module}';\nexport type Copy = Anything;`)).not.toEqual([]);
    expect(await objections(file, `export * from '${module}';`)).not.toEqual([]);
    expect(await objections(file, `await import('${module}');`)).not.toEqual([]);
  });
});

describe('files with a permission of their own', () => {
  const cases: readonly (readonly [what: string, code: string, only: string, others: readonly string[]])[] = [
    [
      'raw IPC in main',
      "import { ipcMain } from 'electron';",
      'electron/main/ipcTransport.ts',
      ['electron/main/main.ts', 'electron/main/openExternal.ts'],
    ],
    [
      'message channels in main',
      "import { MessageChannelMain } from 'electron';",
      'electron/main/ipcTransport.ts',
      ['electron/main/main.ts', 'electron/main/openExternal.ts'],
    ],
    [
      'all of electron at once',
      "import * as electron from 'electron';",
      'electron/preload/preload.ts',
      ['electron/main/main.ts', 'electron/main/openExternal.ts'],
    ],
    [
      'raw IPC in preload',
      "import { ipcRenderer } from 'electron';",
      'electron/preload/preload.ts',
      ['electron/preload/example.ts', 'renderer/main.tsx'],
    ],
    [
      'shell',
      "import { shell } from 'electron';",
      'electron/main/openExternal.ts',
      ['electron/main/main.ts', 'electron/main/ipcTransport.ts'],
    ],
    [
      'openExternal by any name',
      "void anything.openExternal('https://example.org');",
      'electron/main/openExternal.ts',
      ['electron/main/main.ts', 'electron/preload/preload.ts', 'electron/headless/example.ts', 'renderer/main.tsx'],
    ],
    [
      'loading the addon',
      "process.dlopen(module, 'x');",
      'electron/engine/nativeBinding.ts',
      ['electron/engine/example.ts', 'electron/main/main.ts', 'electron/services/example.ts'],
    ],
    [
      'naming the addon',
      "load('native/out/facet.node');",
      'electron/engine/nativeBinding.ts',
      ['electron/engine/example.ts', 'electron/main/main.ts', 'electron/headless/example.ts'],
    ],
    [
      'schemas',
      "import 'zod';",
      'electron/shared/validation.ts',
      ['electron/shared/example.ts', 'electron/services/example.ts', 'electron/headless/example.ts'],
    ],
    [
      'storage',
      "import 'better-sqlite3';",
      'electron/services/database/openDatabase.ts',
      ['electron/services/example.ts', 'electron/headless/example.ts', 'electron/engine/example.ts'],
    ],
  ];
  it.each(cases)('%s', async (_what, code, only, others) => {
    expect(await objections(only, code)).toEqual([]);
    for (const other of others) expect(await objections(other, code), other).not.toEqual([]);
  });
  it('importing the addon is for nobody: it is loaded by path', async () => {
    for (const file of ['electron/engine/nativeBinding.ts', 'electron/engine/example.ts', 'electron/reader/example.ts'])
      expect(await objections(file, "import '../../native/out/facet.node';"), file).not.toEqual([]);
  });
  it('raw HTML in the renderer', async () => {
    expect(await objections('renderer/example.tsx', 'export const safe = <p>{text}</p>;')).toEqual([]);
    expect(await objections('renderer/example.tsx', 'export const bad = <p dangerouslySetInnerHTML={{ __html: text }} />;')).not.toEqual(
      [],
    );
    expect(await objections('renderer/example.tsx', 'element.innerHTML = text;')).not.toEqual([]);
  });
});
