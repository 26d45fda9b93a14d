import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { contractTypes } from './contract.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The API serves what is built here; `npx vite apps/web` serves it alone and passes /api on to a running API. */
export default defineConfig({
  root: here('.'),
  plugins: [contractTypes(), react()],
  resolve: { alias: { '@lib/kernel': here('../../libs/kernel/src/index.ts') } },
  build: {
    outDir: here('../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // One gzip figure per file in the build log is enough to see the first screen's budget.
    chunkSizeWarningLimit: 900,
  },
  // The API accepts changes from its own origin only: the Host stays the browser's.
  server: { proxy: { '/api': { target: process.env['API_URL'] ?? 'http://127.0.0.1:3000', changeOrigin: false } } },
});
