// Builds the desktop program and its worker for Node; every package stays outside, because natives must keep their folders.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The rules that come with the program lie beside it. */
const shippedRules: Plugin = {
  name: 'shipped-rules',
  generateBundle() {
    const rules = folder('./resources/rules/');
    for (const name of readdirSync(rules))
      this.emitFile({ type: 'asset', fileName: `rules/${name}`, source: readFileSync(`${rules}${name}`) });
  },
};

export default defineConfig({
  root: folder('.'),
  plugins: [shippedRules],
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
