// Commands about evidence: export, verify; and serve, which opens the screens.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { verdicts, type Verification } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { exportWork } from '../../api/export-pack.ts';
import { createRouter } from '../../api/router.ts';
import type { TrustOptions } from '../../evidence/checks/signature-checks.ts';
import { parseRevealFile, type RevealFile } from '../../evidence/redaction/reveal.ts';
import { verifyRedacted } from '../../evidence/redaction/verify-redacted.ts';
import { openPackAt } from '../../evidence/pack-reader.ts';
import { readPrevious } from '../../evidence/previous-pack.ts';
import { verifyEvidence } from '../../evidence/collection/verify-work-papers.ts';
import { handOutVerifyPage } from '../../evidence/verify-page-file.ts';
import { serve as openDoor } from '../http/serve.ts';
import { required, text, UsageError, wholeNumber, type Command, type CommandContext } from './command.ts';
import { particularOptions, particularsIn } from './pack-particulars.ts';
import { printable } from './print.ts';
import { verifyDecisionFile } from './verify-decision-file.ts';
import { comparisonLines, trustOf, trustOptions, withFirstUse } from './verify-trust.ts';

const exportPack: Command = {
  usage:
    'export --out FILE.zip [--retention T] [--sample FREQUENCY | --confidence C --tolerable R] [--seed T] [--campaign ID … | --all-campaigns | --no-campaigns] [--redact]',
  description: 'write a signed evidence pack',
  options: {
    out: { type: 'string', value: 'FILE', description: 'the pack to write' },
    ...particularOptions,
  },
  run: async ({ values, workstation, run, passphrase }) => {
    const file = resolve(required(values, 'out'));
    const particulars = particularsIn(values);
    const station = await workstation();
    const request = { ...particulars, passphrase: await passphrase(false), file };
    return { json: await run(exportWork(station, request)) };
  },
};

const verify: Command = {
  usage:
    'verify FILE.zip|--decision FILE [--previous FILE.zip] [--signers FILE] [--revoked FILE] [--tsa-ca FILE] [--trust-on-first-use FINGERPRINT] [--reveal FILE]',
  description:
    'check a pack or work papers: exit 0 trusted (its first line names reservations), 1 tampered, 2 intact but not trusted, 3 malformed',
  optionalPositionals: 1,
  options: {
    ...trustOptions,
    decision: { type: 'string', value: 'FILE', description: 'a single decision, as “prove” wrote it' },
    previous: { type: 'string', value: 'FILE', description: 'the pack before, to be held against this one' },
    reveal: {
      type: 'string',
      value: 'FILE',
      description: 'values revealed of a redacted pack, to be checked, too',
    },
  },
  run: async (context) => {
    const json = await judged(context);
    const lines = json.checks.map((check) => `${check.ok ? 'ok  ' : 'FAIL'} ${check.name}: ${check.detail}`);
    const shown = [...[...lines, '', json.summary].map(printable), ...comparisonLines(json)].join('\n');
    return { json, text: shown, exitCode: verdicts.indexOf(json.verdict) };
  },
};

/** @throws Problem `file-unreadable` */
function revealedBy({ values }: CommandContext): RevealFile | null {
  const path = text(values, 'reveal');
  if (path === undefined) return null;
  try {
    return parseRevealFile(readFileSync(path, 'utf8'));
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem('file-unreadable', 'The file of revealed values cannot be opened.', { cause });
  }
}

async function verifyFile(path: string, context: CommandContext): Promise<Verification> {
  const { pack, close } = await openPackAt(path);
  try {
    const revealed = revealedBy(context);
    const previous = text(context.values, 'previous');
    const verify = async (given: TrustOptions) => {
      const trust =
        previous === undefined ? given : { ...given, previous: await readPrevious(previous, given) };
      return revealed === null
        ? verifyEvidence(pack, trust)
        : (await verifyRedacted(pack, trust, revealed)).verification;
    };
    return await withFirstUse(context, await verify(await trustOf(context)), verify);
  } finally {
    await close();
  }
}

/** What cannot be read is malformed. */
async function judged(context: CommandContext): Promise<Verification> {
  const decision = text(context.values, 'decision');
  const [path] = context.positionals;
  if ((decision === undefined) === (path === undefined))
    throw new UsageError('verify takes a pack, or --decision and a file.');
  try {
    return path === undefined
      ? await verifyDecisionFile(decision!, context)
      : await verifyFile(path, context);
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

const root = fileURLToPath(new URL('../../..', import.meta.url));

const buildScript = join(root, 'scripts', 'build-if-stale.mjs');

const verifyPage: Command = {
  usage: 'verify-page [--out FILE.html]',
  description:
    'write the page that verifies packs in any browser, offline, and tell its SHA-256: exit 0 written or told, 1 not',
  options: {
    out: {
      type: 'string',
      value: 'FILE',
      description: 'where to write it; without it only its hash is told',
    },
  },
  run: async ({ values }) => {
    // In a clone the page is made to fit the program; an installed program has the one it was released with.
    if (existsSync(buildScript))
      spawnSync(process.execPath, [buildScript, 'verify'], { stdio: ['ignore', 2, 2] });
    const out = text(values, 'out');
    const built = join(root, 'dist', 'verify', 'verify.html');
    const json = await handOutVerifyPage(built, out === undefined ? null : resolve(out));
    const lines = [
      ...(json.file === null ? [] : [`Written to ${json.file}`]),
      `SHA-256 ${json.sha256}`,
      'Tell it to the recipient by another way than the page, and than the pack.',
    ];
    return { json, text: lines.join('\n') };
  },
};

/** In a fresh clone nothing is built yet; the script that `npm start` uses builds what is missing. */
function buildMissingScreens(): void {
  if (existsSync(join(root, 'dist', 'renderer', 'index.html')) || !existsSync(buildScript)) return;
  spawnSync(process.execPath, [buildScript, 'renderer'], { stdio: ['ignore', 2, 2] });
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
      exportsDirectory: station.exportsDirectory,
      port,
      log: station.log,
    });
    say(door.url);
    await interrupted();
    await door.close();
    return { json: null };
  },
};

export const evidenceCommands: Readonly<Record<string, Command>> = {
  export: exportPack,
  verify,
  'verify-page': verifyPage,
  serve,
};
