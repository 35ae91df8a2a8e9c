import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

// The interface on the fake host, for looking at: `vite build -c test/fakes/preview/vite.config.ts`. No part of the product.
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: { outDir: resolve(import.meta.dirname, '../../../.cache/preview'), emptyOutDir: true, target: 'es2024', assetsInlineLimit: 0 },
  server: { fs: { allow: [resolve(import.meta.dirname, '../../..')] } },
});
