// Builds the desktop program and its worker for Node; every package stays outside, because natives must keep their folders.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: folder('.'),
  publicDir: false,
  build: {
    ssr: true,
    target: 'node24',
    outDir: folder('./dist/main'),
    // The preload is built into the same folder; names without hashes replace their elders.
    emptyOutDir: false,
    rolldownOptions: {
      input: {
        main: folder('./src-main/main.ts'),
        'analytics-worker': folder('./src-main/analytics/worker.ts'),
      },
      // Everything that is neither a path nor an import of our own.
      external: /^(?![./#]|[A-Za-z]:[\\/])/,
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
    },
  },
});
