// Builds the renderer: hashed files, nothing inline, so that it runs under a strict content security policy.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: folder('./src-renderer'),
  base: '/',
  plugins: [react()],
  build: {
    outDir: folder('./dist/renderer'),
    emptyOutDir: true,
    target: ['chrome130', 'firefox132', 'safari18'],
    assetsInlineLimit: 0,
    sourcemap: false,
    chunkSizeWarningLimit: 900,
  },
});
