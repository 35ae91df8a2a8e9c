import { afterPack } from './build/afterPack.js';

/**
 * Packages for Linux, macOS and Windows: `npm run package -- --linux`. Programs and data that the system must load from disk stay beside the
 * archive; everything else is inside, under Electron's integrity check.
 * @type {import('electron-builder').Configuration}
 */
export default {
  appId: 'app.facet.desktop',
  productName: 'Facet',
  copyright: 'The Facet developers',
  directories: { output: 'release', buildResources: 'build' },
  files: [
    'package.json',
    'dist/**',
    'native/out/**',
    'assets/**',
    '!assets/screenshot.png',
    '!**/*.map',
    // Its libraries are copied into native/out, which is complete in itself.
    '!node_modules/@node-llama-cpp/**',
    // Builds and language data that the reader does not load.
    '!node_modules/tesseract.js-core/*.wasm.js',
    '!node_modules/tesseract.js-core/tesseract-core{,-lstm,-simd}.*',
    '!node_modules/tesseract.js-core/tesseract-core-relaxedsimd*',
    '!node_modules/@tesseract.js-data/eng/4.0.0/**',
  ],
  asarUnpack: [
    'native/out/**',
    'assets/**',
    '**/*.node',
    'node_modules/better-sqlite3/**',
    'node_modules/sharp/**',
    'node_modules/@img/**',
    'node_modules/@napi-rs/**',
    'node_modules/tesseract.js-core/**',
    'node_modules/@tesseract.js-data/**',
    'node_modules/@fontsource/dejavu-sans/**',
  ],
  // Every native module is N-API: one binary for Node and Electron alike, and nothing to compile.
  npmRebuild: false,
  nodeGypRebuild: false,
  afterPack,
  linux: {
    target: ['AppImage', 'deb'],
    icon: 'build/icons',
    category: 'Office',
    maintainer: 'The Facet developers <facet@localhost>',
    executableName: 'facet',
    synopsis: 'A private desktop assistant for Gemma 3',
  },
  mac: {
    target: ['dmg'],
    icon: 'build/icon.icns',
    category: 'public.app-category.productivity',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'build/entitlements.mac.plist',
    entitlementsInherit: 'build/entitlements.mac.plist',
  },
  win: { target: ['nsis'], icon: 'build/icon.ico' },
  nsis: {
    oneClick: false,
    perMachine: true,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
  },
  publish: null,
};
