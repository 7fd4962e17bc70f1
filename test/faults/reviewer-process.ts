// A reviewer at work: a process that opens a workspace and takes one step a line, so that it can be killed in the middle of any.
import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createRouterClient, ORPCError } from '@orpc/server';
import { createRouter } from '../../src-main/api/router.ts';
import { canonicalJson, genesisHash } from '../../src-main/evidence/entry-hash.ts';
import { passphraseSeal } from '../../src-main/evidence/passphrase-seal.ts';
import { applyEntry, emptyState, type LedgerState } from '../../src-main/review/projection.ts';
import { nodeWorkstationOptions } from '../../src-main/shell/node-workstation.ts';
import { openWorkstation, type Workstation } from '../../src-main/workstation.ts';
import { Problem, problemData } from '../../src-shared/model/problem.ts';
import { step, type Answer, type Step } from './steps.ts';
import { takeWork, type Work } from './work.ts';

/** Half a second of stretching for each signature would be most of a round. */
const quickStretching = { N: 2 ** 10, r: 8, p: 1 };

let opened: Workstation | null = null;

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await take(step.parse(JSON.parse(line)));
  // Straight into the pipe: what was acknowledged has left this process before anything else happens.
  writeSync(1, `${JSON.stringify(answer)}\n`);
}
await close();

async function take(asked: Step): Promise<Answer> {
  try {
    return { is: 'done', value: await perform(asked) };
  } catch (error) {
    return refusal(error);
  }
}

async function perform(asked: Step): Promise<unknown> {
  if (asked.do === 'open') return open(asked.folder, asked.settings);
  if (asked.do === 'close') return close();
  if (asked.do === 'restore') throw new Error('A ledger is restored at the command line.');
  if (opened === null) throw new Error('No workspace is open.');
  if (asked.do === 'state') return compareStates(opened);
  const call = createRouterClient(createRouter(opened));
  const work: Work = { call, jobs: opened.jobs };
  return takeWork(work, asked);
}

async function open(folder: string, settings: string): Promise<null> {
  await close();
  const options = nodeWorkstationOptions({
    workspace: folder,
    environment: { XDG_CONFIG_HOME: settings },
    homeDirectory: folder,
    version: '0.0.0-test',
  });
  opened = await openWorkstation({
    ...options,
    keySeal: (phrase) =>
      phrase === undefined ? options.keySeal(phrase) : passphraseSeal(phrase, quickStretching),
  });
  return null;
}

async function close(): Promise<null> {
  const closing = opened;
  opened = null;
  await closing?.close();
  return null;
}

function compareStates({ ledger }: Workstation) {
  const living = ledger.state();
  const rebuilt = emptyState(genesisHash);
  for (const stored of ledger.entries()) applyEntry(rebuilt, stored);
  return { living: fingerprint(living), rebuilt: fingerprint(rebuilt), entries: living.entries };
}

function fingerprint(state: LedgerState): string {
  return createHash('sha256')
    .update(canonicalJson(plain(state)))
    .digest('hex');
}

/** Maps and sets as JSON can hold them, whatever else the state comes to be made of. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return { map: [...value].map(([key, held]) => [plain(key), plain(held)]) };
  if (value instanceof Set) return { set: [...value].map(plain) };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, held]) => held !== undefined);
  return Object.fromEntries(fields.map(([name, held]) => [name, plain(held)]));
}

function refusal(error: unknown): Answer {
  if (error instanceof Problem) return { is: 'refused', code: error.code, message: error.message };
  if (error instanceof ORPCError) {
    const { data } = problemData.safeParse(error.data);
    return { is: 'refused', code: data?.code ?? 'unforeseen', message: error.message };
  }
  return { is: 'refused', code: 'unforeseen', message: error instanceof Error ? String(error.stack) : '' };
}
