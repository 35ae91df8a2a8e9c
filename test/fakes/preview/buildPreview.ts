import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { build } from 'vite';

// The interface on the fake host, for looking at; into .cache/preview. No part of the product.
await build({
  configFile: false,
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  // The highlighting thread loads its grammars one by one, which only modules can.
  worker: { format: 'es' },
  logLevel: 'error',
  build: { outDir: resolve(import.meta.dirname, '../../../.cache/preview'), emptyOutDir: true, target: 'es2024', assetsInlineLimit: 0 },
});
