// Builds verify.html: the verifier and its page in one file that needs no network and allows itself none.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, defineConfig, type Plugin } from 'vite';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const target = ['chrome130', 'firefox132', 'safari18'];

const seams: Readonly<Record<string, string>> = {
  'node:crypto': folder('./src-main/evidence/browser-verifier/page-crypto.ts'),
  'node:zlib': folder('./src-main/evidence/browser-verifier/page-zlib.ts'),
};

/** The verifier must not take in, unnoticed, what a browser does not have. */
const browserSeams: Plugin = {
  name: 'browser-seams',
  enforce: 'pre',
  resolveId(name) {
    if (!name.startsWith('node:')) return null;
    const seam = seams[name];
    if (seam === undefined) throw new Error(`verify.html has nothing in the place of ${name}.`);
    return seam;
  },
};

/** Builds one script that runs by itself. */
async function buildScript(input: string, plugins: Plugin[]): Promise<string> {
  const built = await build({
    configFile: false,
    root: folder('.'),
    logLevel: 'warn',
    publicDir: false,
    plugins,
    build: {
      write: false,
      target,
      modulePreload: false,
      rolldownOptions: { input, output: { format: 'iife', codeSplitting: false } },
    },
  });
  if (!('output' in built)) throw new Error(`Building ${input} gave no single result.`);
  const [{ code }, ...others] = built.output;
  if (others.length > 0) throw new Error(`verify.html would need more than one file for ${input}.`);
  return code;
}

/** As it must stand in HTML, where some text would end a script and some would be changed by the parser. */
function asInline(code: string): string {
  const safe = code.replaceAll(/<(?=\/script|!--)/gi, '\\x3C').trim();
  // Neither survives the parser, so the hash of the policy would not fit.
  if (/[\r\0]/.test(safe)) throw new Error('A script of verify.html holds a character that HTML changes.');
  return safe;
}

const sourceHash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const policyFor = (scripts: readonly string[], style: string): string =>
  [
    "default-src 'none'",
    `script-src ${scripts.map(sourceHash).join(' ')}`,
    `style-src ${sourceHash(style)}`,
    'worker-src blob:',
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');

const read = (path: string) => readFileSync(folder(path), 'utf8');

async function composePage(): Promise<string> {
  const verifier = asInline(
    await buildScript(folder('./src-main/evidence/browser-verifier/entry.ts'), [browserSeams]),
  );
  const page = asInline(await buildScript(folder('./src-renderer/verify-page/start.ts'), []));
  const style = [read('./src-renderer/styles/tokens.css'), read('./src-renderer/verify-page/verify-page.css')]
    .join('\n')
    .trim();
  const version = /"version": "([^"]+)"/.exec(read('./package.json'))?.[1] ?? '';
  const parts: Readonly<Record<string, string>> = {
    version,
    policy: policyFor([verifier, page], style),
    style: `<style>${style}</style>`,
    verifier: `<script id="verifier">${verifier}</script>`,
    page: `<script>${page}</script>`,
  };
  const place = /<!-- insert:(\w+) -->|insert:(\w+)/g;
  return read('./src-renderer/verify-page/verify.html').replaceAll(place, (_, element, attribute) => {
    const inserted = parts[String(element ?? attribute)];
    if (inserted === undefined) throw new Error('verify.html asks for something that there is not.');
    return inserted;
  });
}

const onePage: Plugin = {
  name: 'one-page',
  async generateBundle(_, bundle) {
    for (const name of Object.keys(bundle)) delete bundle[name];
    this.emitFile({ type: 'asset', fileName: 'verify.html', source: await composePage() });
  },
};

export default defineConfig({
  root: folder('.'),
  publicDir: false,
  plugins: [onePage],
  build: {
    outDir: folder('./dist/verify'),
    // The page is replaced in one write, so that nobody finds it missing.
    emptyOutDir: false,
    target,
    rolldownOptions: { input: folder('./src-renderer/verify-page/start.ts') },
  },
});
