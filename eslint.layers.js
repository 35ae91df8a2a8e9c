// Who may import whom (one row per layer). eslint.config.js turns each row into rules; test/unit/lint proves each row both ways.

/** Modules that decode users' files: the reader child alone loads them. */
const decoders = ['sharp', 'pdfjs-dist', '@napi-rs/canvas'];
const electronPackages = ['electron', '@electron/*'];
const storage = ['better-sqlite3'];
const schemas = ['zod'];
const userInterface = ['react', 'react-dom', 'zustand'];

const engineClientSide = ['electron/engine/engineClient.ts', 'electron/engine/engineContract.ts'];
const readerClientSide = ['electron/reader/readerClient.ts', 'electron/reader/readerContract.ts'];
const clientSides = ['electron/children', ...engineClientSide, ...readerClientSide];

/**
 * `allow`: project paths that files of the layer may import besides the layer itself. `ban`: package names that they may not import;
 * `nodeBuiltins: false` bans `node:*` too; `packages: false` bans every package but those in `except`.
 * @type {readonly { folder: string, allow: readonly string[], ban: readonly string[], nodeBuiltins: boolean, packages: boolean, exceptPackages?: readonly string[] }[]}
 */
export const layers = [
  { folder: 'electron/shared', allow: [], ban: [], nodeBuiltins: false, packages: false },
  {
    folder: 'electron/services',
    allow: ['electron/shared', ...clientSides],
    ban: [...electronPackages, ...decoders, ...storage, ...schemas, ...userInterface],
    nodeBuiltins: true,
    packages: true,
  },
  {
    folder: 'electron/children',
    allow: ['electron/shared'],
    ban: [...electronPackages, ...decoders, ...storage, ...schemas, ...userInterface],
    nodeBuiltins: true,
    packages: true,
  },
  {
    folder: 'electron/engine',
    allow: ['electron/shared', 'electron/children'],
    ban: [...electronPackages, ...decoders, ...storage, ...schemas, ...userInterface],
    nodeBuiltins: true,
    packages: true,
  },
  {
    folder: 'electron/reader',
    allow: ['electron/shared', 'electron/children'],
    ban: [...electronPackages, ...storage, ...schemas, ...userInterface],
    nodeBuiltins: true,
    packages: true,
  },
  {
    folder: 'electron/main',
    // The installed program answers in a terminal too, with the same command line.
    allow: ['electron/shared', 'electron/services', 'electron/headless/runProcess.ts', ...clientSides],
    ban: [...decoders, ...storage, ...schemas, ...userInterface],
    nodeBuiltins: true,
    packages: true,
  },
  {
    folder: 'electron/headless',
    allow: ['electron/shared', 'electron/services', ...clientSides],
    ban: [...electronPackages, ...decoders, ...storage, ...schemas, ...userInterface],
    nodeBuiltins: true,
    packages: true,
  },
  { folder: 'electron/preload', allow: ['electron/shared'], ban: [], nodeBuiltins: false, packages: false, exceptPackages: ['electron'] },
  {
    folder: 'renderer',
    allow: ['electron/shared'],
    ban: [...electronPackages, ...decoders, ...storage, ...schemas, 'ws'],
    nodeBuiltins: false,
    packages: true,
  },
];

/** The presentation layer inside the renderer: it knows React and styles, never where data comes from. */
export const components = {
  folder: 'renderer/components',
  forbid: ['renderer/client', 'renderer/state', 'renderer/features'],
  ban: ['zustand'],
};

/** Files with a permission that no other file has. */
export const onlyIn = {
  rawIpcMain: 'electron/main/ipcTransport.ts',
  openExternal: 'electron/main/openExternal.ts',
  nativeLoad: 'electron/engine/nativeBinding.ts',
  schemas: 'electron/shared/validation.ts',
  storage: ['electron/services/database', 'electron/services/locks'],
  electronInPreload: 'electron/preload/preload.ts',
};
