// Commands about evidence: export, verify; and serve, which opens the screens.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { verdicts, type Verification } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { exportWork } from '../../api/evidence.ts';
import { createRouter } from '../../api/router.ts';
import { readPackFolder } from '../../evidence/folder.ts';
import { verifyPack } from '../../evidence/verify.ts';
import { serve as openDoor } from '../http/serve.ts';
import { required, text, UsageError, wholeNumber, type Command } from './command.ts';

const exportPack: Command = {
  usage: 'export --out FILE.zip',
  description: 'write a signed evidence pack',
  options: { out: { type: 'string', value: 'FILE', description: 'the pack to write' } },
  run: async ({ values, workstation, run, passphrase }) => {
    const file = resolve(required(values, 'out'));
    const station = await workstation();
    return { json: await run(exportWork(station, { passphrase: await passphrase(false), file })) };
  },
};

const verify: Command = {
  usage: 'verify FILE.zip [--signers FILE] [--revoked FILE]',
  description: 'check a pack: exit 0 trusted, 1 tampered, 2 intact but signer unknown, 3 malformed',
  positionals: 1,
  options: {
    signers: { type: 'string', value: 'FILE', description: 'list of allowed signers, from the organisation' },
    revoked: { type: 'string', value: 'FILE', description: 'list of revoked keys' },
  },
  run: async ({ values, positionals }) => {
    const json = verifyFile(positionals[0]!, text(values, 'signers'), text(values, 'revoked'));
    const lines = json.checks.map((check) => `${check.ok ? 'ok  ' : 'FAIL'} ${check.name}: ${check.detail}`);
    return { json, text: [...lines, '', json.summary].join('\n'), exitCode: verdicts.indexOf(json.verdict) };
  },
};

function verifyFile(
  path: string,
  signersFile: string | undefined,
  revokedFile: string | undefined,
): Verification {
  try {
    const pack = opening('The pack', () =>
      statSync(path).isDirectory() ? readPackFolder(path) : readFileSync(path),
    );
    return verifyPack(pack, {
      ...(signersFile === undefined
        ? {}
        : { signers: opening('The list of allowed signers', () => readFileSync(signersFile, 'utf8')) }),
      ...(revokedFile === undefined
        ? {}
        : { revoked: opening('The list of revoked keys', () => readFileSync(revokedFile, 'utf8')) }),
      now: new Date().toISOString(),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const summary = error.message;
    return {
      verdict: 'malformed',
      signer: null,
      signers: [],
      checks: [{ name: 'readable', ok: false, detail: summary }],
      summary,
    };
  }
}

/** Reads a file somebody named; which one it was matters when it cannot be read. */
function opening<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem('file-unreadable', `${what} cannot be opened, so nothing was verified.`, { cause });
  }
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** In a fresh clone nothing is built yet; the script that `npm start` uses builds what is missing. */
function buildMissingScreens(): void {
  const script = join(root, 'scripts', 'build-if-stale.mjs');
  if (existsSync(join(root, 'dist', 'renderer', 'index.html')) || !existsSync(script)) return;
  spawnSync(process.execPath, [script, 'renderer'], { stdio: ['ignore', 2, 2] });
}

const serve: Command = {
  usage: 'serve [--port N]',
  description: 'open the screens for a browser on this machine',
  options: { port: { type: 'string', value: 'N', description: 'a fixed port instead of any free one' } },
  run: async ({ values, workstation, say, interrupted }) => {
    const port = wholeNumber(values, 'port') ?? 0;
    if (port > 65_535) throw new UsageError('--port takes a number up to 65535.');
    buildMissingScreens();
    const station = await workstation();
    const door = await openDoor({
      router: createRouter(station),
      version: station.version,
      rendererDirectory: join(root, 'dist', 'renderer'),
      packsDirectory: station.packsDirectory,
      port,
      log: station.log,
    });
    say(door.url);
    await interrupted();
    await door.close();
    return { json: null };
  },
};

export const evidenceCommands: Readonly<Record<string, Command>> = { export: exportPack, verify, serve };
