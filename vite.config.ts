import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The page loads nothing from elsewhere: fonts, styles and code are all in dist/renderer, under relative addresses that suit app:// and http:// alike.
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  // The highlighting thread loads its grammars one by one, which only modules can.
  worker: { format: 'es' },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'es2024',
    // A data: address would need a wider font-src.
    assetsInlineLimit: 0,
    sourcemap: false,
    chunkSizeWarningLimit: 2000,
    modulePreload: { polyfill: false },
  },
});
