// Starts a real Chromium for tests: one named by the environment, an installed one, or the one from the registry.
import { execFile } from 'node:child_process';
import { access, constants, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import { z } from 'zod';
import { slowHandsMs } from './paces.ts';

const installedNames = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];
const installedApps = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const quietArguments = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type ChromiumExecutable = {
  executablePath: string;
  source: 'environment' | 'installed' | 'registry';
  /** Added to the environment of the browser process. */
  environment: Record<string, string>;
};

/** Launches headless Chromium; the caller closes it. Rejects when none of the three can be had. */
export async function launchChromium(options: { args?: readonly string[] } = {}): Promise<Browser> {
  const { executablePath, environment } = await findChromium();
  return chromium.launch({
    executablePath,
    headless: true,
    slowMo: slowHandsMs,
    args: [...quietArguments, ...(options.args ?? [])],
    env: { ...definedEnvironment(), ...environment },
  });
}

/** COUNTERSIGN_CHROMIUM, then an installed Chrome, Chromium or Edge, then `@sparticuz/chromium`. */
export async function findChromium(): Promise<ChromiumExecutable> {
  const named = process.env.COUNTERSIGN_CHROMIUM;
  if (named !== undefined && named !== '') {
    if (!(await isExecutable(named)))
      throw new Error(`COUNTERSIGN_CHROMIUM names ${named}, which is not an executable file.`);
    return { executablePath: named, source: 'environment', environment: {} };
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = folders.flatMap((folder) => installedNames.map((name) => join(folder, name)));
  for (const candidate of [...candidates, ...installedApps]) {
    if (await isExecutable(candidate))
      return { executablePath: candidate, source: 'installed', environment: {} };
  }
  return unpackRegistryChromium();
}

/** Unpacked once a version; the folder appears by a rename, so two test processes cannot see half of it. */
async function unpackRegistryChromium(): Promise<ChromiumExecutable> {
  const nodeModules = fileURLToPath(new URL('../../node_modules/', import.meta.url));
  const cache = join(nodeModules, '.cache');
  const manifest = await readFile(join(nodeModules, '@sparticuz', 'chromium', 'package.json'), 'utf8');
  const home = join(
    cache,
    `chromium-${z.object({ version: z.string() }).parse(JSON.parse(manifest)).version}`,
  );
  const executablePath = join(home, 'chromium');
  if (!(await isExecutable(executablePath))) {
    await mkdir(cache, { recursive: true });
    const unfinished = await mkdtemp(join(cache, 'chromium-unpacking-'));
    await unpackInto(unfinished, home);
    await rename(unfinished, home).catch(async (error: unknown) => {
      await rm(unfinished, { recursive: true });
      if (!(await isExecutable(executablePath))) throw error;
    });
  }
  return {
    executablePath,
    source: 'registry',
    environment: { FONTCONFIG_PATH: join(home, 'fonts'), LD_LIBRARY_PATH: libraryPath(home) },
  };
}

/** The package unpacks into the temporary folder of its process and decides by AWS variables whether libraries come along. */
async function unpackInto(folder: string, home: string): Promise<void> {
  const program =
    "import chromium from '@sparticuz/chromium'; process.stdout.write(await chromium.executablePath());";
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: {
      ...definedEnvironment(),
      TMPDIR: folder,
      TEMP: folder,
      TMP: folder,
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    },
  });
  if (dirname(stdout) !== folder) throw new Error(`Chromium was unpacked to ${stdout}, not into ${folder}.`);
  await writeFile(join(folder, 'fonts', 'fonts.conf'), fontConfiguration(home));
}

function fontConfiguration(home: string): string {
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    '  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
    `  <dir>${join(home, 'fonts')}</dir>`,
    `  <cachedir>${join(home, 'fonts-cache')}</cachedir>`,
    '</fontconfig>',
    '',
  ].join('\n');
}

/** NSS and Expat come along because a bare system has neither; a path set by the person still goes first. */
function libraryPath(home: string): string {
  return [process.env.LD_LIBRARY_PATH, join(home, 'al2023', 'lib')]
    .filter((entry) => entry !== undefined && entry !== '')
    .join(delimiter);
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
