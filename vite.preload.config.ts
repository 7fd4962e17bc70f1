// Builds the preload as one CommonJS file, the only form a sandboxed window can load.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: folder('.'),
  publicDir: false,
  build: {
    ssr: true,
    target: 'chrome148',
    outDir: folder('./dist/main'),
    emptyOutDir: false,
    rolldownOptions: {
      input: { preload: folder('./src-main/shell/electron/preload.ts') },
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
});
