// A process that exports or verifies one pack and nothing else, so that its memory is that of this work.
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { toDecision } from '../../../src-main/api/review.ts';
import { gatherPackSource } from '../../../src-main/evidence/gather.ts';
import { openPackAt } from '../../../src-main/evidence/pack-reader.ts';
import { fingerprintOf } from '../../../src-main/evidence/public-key.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { writePack } from '../../../src-main/evidence/write-pack.ts';
import { findingsInOrder } from '../../../src-main/review/findings-in-order.ts';
import { openLedger } from '../../../src-main/review/ledger.ts';
import { queueInOrder } from '../../../src-main/review/queue-in-order.ts';
import { openDatabase } from '../../../src-main/store/database.ts';
import { iterateEntries } from '../../../src-main/store/ledger/entry-pages.ts';
import { ledgerPath } from '../../../src-main/store/ledger/inspect.ts';
import { alice, identity, signersFile } from '../../unit/evidence/sample-input.ts';
import { cachePath, clock, reviewer } from './filled-workspace.ts';

const [mode = '', folder = '', pack = ''] = process.argv.slice(2);
const collect = globalThis.gc;
if (!collect) throw new Error('Start this with --expose-gc.');

async function settledBytes(): Promise<number> {
  for (let times = 0; times < 3; times += 1) {
    collect!();
    await setTimeout(100);
  }
  return process.memoryUsage().rss;
}

/** The workspace is open, with the state of its ledger in memory, before anything is measured. */
async function prepareExport(): Promise<() => Promise<void>> {
  const ledgerFile = openDatabase(ledgerPath(folder), 'ledger', 'read');
  const cache = openDatabase(cachePath(folder), 'cache', 'read');
  const state = openLedger(ledgerFile, clock, () => '').state();
  const nowMicroseconds = clock.nowMs() * 1000;
  const source = gatherPackSource({
    cache,
    populationHash: {
      of: 'events',
      rows: 0,
      sha256: createHash('sha256').digest('hex'),
      first: null,
      last: null,
    },
    state,
    entries: () => iterateEntries(ledgerFile, state.entries),
    queue: () => queueInOrder(cache, state, nowMicroseconds),
    findings: () => findingsInOrder(cache, state),
    detectors: [
      {
        id: 'z3',
        version: 'z3/1',
        parameters: {
          threshold: 3,
          minimumCount: 3,
          windowHours: 672,
          gapHours: 24,
          minimumBaselineHours: 24,
          minimumActiveHours: 5,
        },
        description: 'Counts an hour.',
      },
    ],
    reviewer,
    key: {
      fingerprint: fingerprintOf(alice.publicKey),
      publicKey: '',
      allowedSigners: signersFile,
      identity,
      createdAt: new Date(clock.nowMs()).toISOString(),
      sealedBy: 'passphrase',
    },
    toDecision: (record) => toDecision(state, record),
    packId: '01K9ZZZZZZZZZZZZZZ12345678',
    version: '0.1.0',
    zone: 'UTC',
    nowMicroseconds,
  });
  return async () => {
    await writePack({
      source,
      signer: alice,
      fileFor: () => pack,
      workFolder: dirname(pack),
      progress: () => {},
      breathe: () => setImmediate(),
      signal: new AbortController().signal,
    });
  };
}

async function verifyIt(): Promise<void> {
  const { pack: opened, close } = await openPackAt(pack);
  const { verdict, summary } = await verifyPack(opened, {
    signers: signersFile,
    now: new Date().toISOString(),
  });
  await close();
  if (verdict !== 'trusted') throw new Error(summary);
}

const work = mode === 'export' ? await prepareExport() : verifyIt;
const baselineBytes = await settledBytes();
let peakBytes = baselineBytes;
const watch = setInterval(() => (peakBytes = Math.max(peakBytes, process.memoryUsage.rss())), 20);
const begun = performance.now();
await work();
const ms = performance.now() - begun;
clearInterval(watch);
console.log(JSON.stringify({ ms, baselineBytes, peakBytes }));
