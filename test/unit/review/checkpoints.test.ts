import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  createKey,
  newSeed,
  noteAgentKey,
  openKey,
  signerOfSeed,
  type KeySeal,
} from '../../../src-main/evidence/keys.ts';
import { fingerprintOf } from '../../../src-main/evidence/public-key.ts';
import type { LateSigner } from '../../../src-main/evidence/sshsig.ts';
import { passphraseSeal } from '../../../src-main/evidence/passphrase-seal.ts';
import { genesisHash } from '../../../src-main/evidence/entry-hash.ts';
import {
  listCheckpoints,
  recordCheckpoint,
  recordSignedCheckpoint,
} from '../../../src-main/review/checkpoints.ts';
import { keepCheckpoints } from '../../../src-main/review/keep-checkpoints.ts';
import { openLedger, type Ledger } from '../../../src-main/review/ledger.ts';
import { emptyState } from '../../../src-main/review/projection.ts';
import { firstDifference, rebuildLedger } from '../../../src-main/review/rebuild.ts';
import { ledgerRows, verifyEntries } from '../../../src-main/store/ledger/verify.ts';
import { Problem } from '../../../src-shared/model/problem.ts';
import { ulid } from 'ulid';
import { listing } from '../../support/ssh-agent.ts';
import {
  ledgerWithReviewer,
  openLedgerFile,
  stoppedClock,
  temporaryFolder,
} from '../../support/workspace.ts';

const act = { type: 'unmask', subject: 'r', actor: 'rita', payload: {} } as const;
/** Stands for a keychain: opens without asking. */
const keychain: KeySeal = {
  kind: 'system-keychain',
  seal: async (secret) => Buffer.from(secret).toString('hex'),
  unseal: async (sealed) => new Uint8Array(Buffer.from(sealed, 'hex')),
};
const noKeychain = (): KeySeal => {
  throw new Problem('locked', 'The signing key needs its passphrase.');
};
const cheap = { N: 2, r: 1, p: 1 };

async function session(sealedBy: 'passphrase' | 'system-keychain') {
  const clock = stoppedClock('2026-11-16T22:00:00Z');
  const database = openLedgerFile();
  const keysDirectory = join(temporaryFolder(), 'keys');
  const key = await createKey({
    directory: keysDirectory,
    seal: sealedBy === 'passphrase' ? passphraseSeal('secret', cheap) : keychain,
    identity: 'rita@example.org',
    now: '2026-11-16T22:00:00.000Z',
  });
  const logged: unknown[] = [];
  const open = () => {
    const keeper = keepCheckpoints({
      ledger: () => ledger,
      clock,
      keysDirectory,
      keySeal: sealedBy === 'passphrase' ? noKeychain : () => keychain,
      log: (_, error) => void logged.push(error),
    });
    const ledger: Ledger = openLedger(database, clock, () => ulid(clock.nowMs()), {
      onAppended: keeper.onAppended,
    });
    return { ledger, keeper };
  };
  const first = open();
  first.ledger.append(() => [
    {
      type: 'key-created',
      subject: key.fingerprint,
      actor: 'rita',
      payload: { fingerprint: key.fingerprint },
    },
  ]);
  return { ...first, open, clock, key, keysDirectory, logged, database };
}

const day = 86_400_000;
const shown = (ledger: Ledger) =>
  listCheckpoints(ledger).map(({ seq, occasion, fingerprint }) => [seq, occasion, fingerprint !== null]);

describe('checkpoints', () => {
  test('are signed, the first thing on a new day and at the end, where the key opens by itself', async () => {
    const { ledger, keeper, clock, logged, database, open } = await session('system-keychain');
    ledger.append(() => [act]);
    expect(shown(ledger)).toEqual([]);
    clock.advance(day);
    ledger.append(() => [act]);
    ledger.append(() => [act]);
    await keeper.close();
    expect(shown(ledger)).toEqual([[5, 'daily', true]]);
    ledger.append(() => [act]);
    await keeper.close();
    expect(shown(ledger)).toEqual([
      [5, 'daily', true],
      [7, 'close', true],
    ]);
    const idle = open();
    await idle.keeper.close();
    expect(shown(idle.ledger)).toHaveLength(2);
    expect(verifyEntries(ledgerRows(database), [])).toMatchObject({ ok: true, checkpoints: 2 });
    expect(logged).toEqual([]);
  });

  test('are recorded unsigned, once a day, where a passphrase would have to be asked for', async () => {
    const { ledger, keeper, clock, logged, open } = await session('passphrase');
    ledger.append(() => [act]);
    await keeper.close();
    expect(shown(ledger)).toEqual([[3, 'close', false]]);
    ledger.append(() => [act]);
    await keeper.close();
    expect(shown(ledger)).toHaveLength(1);
    clock.advance(day);
    const next = open();
    next.ledger.append(() => [act]);
    await next.keeper.close();
    expect(shown(next.ledger)).toEqual([
      [3, 'close', false],
      [6, 'daily', false],
    ]);
    expect(logged).toEqual([]);
  });

  test('two sessions on a new day record one', async () => {
    const { open, clock } = await session('system-keychain');
    clock.advance(day);
    const [one, two] = [open(), open()];
    one.ledger.append(() => [act]);
    two.ledger.append(() => [act]);
    await Promise.all([one.keeper.close(), two.keeper.close()]);
    expect(shown(one.ledger).filter(([, occasion]) => occasion === 'daily')).toHaveLength(1);
  });

  test('a failure to record one is logged and ends nothing', async () => {
    const { ledger, keeper, clock, logged, database } = await session('passphrase');
    clock.advance(day);
    ledger.append(() => [act]);
    database.exec("CREATE TRIGGER no BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'no'); END");
    await keeper.close();
    expect(logged.length).toBeGreaterThan(0);
  });

  test('behind a clock that was set back, one covers the jump, too', () => {
    const clock = stoppedClock('2026-11-16T00:00:00Z');
    const database = openLedgerFile();
    const ledger = ledgerWithReviewer(undefined, clock, database);
    clock.advance(-3_600_000);
    recordCheckpoint(ledger, 'demand', null);
    expect(ledger.entries().map(({ entry }) => entry.type)).toEqual([
      'reviewer-changed',
      'clock-jump',
      'checkpoint',
    ]);
    expect(verifyEntries(ledgerRows(database), [])).toMatchObject({ ok: true, checkpoints: 1 });
  });

  test('of an empty ledger there is none', () => {
    const clock = stoppedClock('2026-11-16T00:00:00Z');
    const ledger = openLedger(openLedgerFile(), clock, () => ulid());
    expect(recordCheckpoint(ledger, 'demand', null)).toBeNull();
  });
});

/** A ledger whose key is held elsewhere; `meanwhile` runs while its signature is awaited. */
async function heldElsewhere(meanwhile: (ledger: Ledger) => void = () => undefined) {
  const clock = stoppedClock('2026-11-16T22:00:00Z');
  const database = openLedgerFile();
  const signer = signerOfSeed(newSeed());
  const fingerprint = fingerprintOf(signer.publicKey);
  const ledger = openLedger(database, clock, () => ulid(clock.nowMs()));
  ledger.append(() => [
    { type: 'key-created', subject: fingerprint, actor: 'rita', payload: { fingerprint } },
  ]);
  const late: LateSigner = {
    publicKey: signer.publicKey,
    signLater: async (namespace, message) => {
      meanwhile(ledger);
      return signer.sign(namespace, message);
    },
  };
  return { clock, database, fingerprint, ledger, late };
}

describe('a checkpoint whose signature is waited for', () => {
  test('is over all entries, those recorded meanwhile included', async () => {
    let isFirst = true;
    const { ledger, late, database } = await heldElsewhere((open) => {
      if (isFirst) open.append(() => [act]);
      isFirst = false;
    });
    const stored = await recordSignedCheckpoint(ledger, 'export', late);
    expect(stored?.entry).toMatchObject({ seq: 3, payload: { size: 2 } });
    expect(verifyEntries(ledgerRows(database), [])).toMatchObject({ ok: true, checkpoints: 1 });
  });

  test('is given up when others never stop, and says so', async () => {
    const { ledger, late } = await heldElsewhere((open) => void open.append(() => [act]));
    await expect(recordSignedCheckpoint(ledger, 'export', late)).rejects.toMatchObject({ code: 'conflict' });
    expect(shown(ledger)).toEqual([]);
  });

  test('is not signed with a key the ledger does not name', async () => {
    const { ledger } = await heldElsewhere();
    const { late } = await heldElsewhere();
    await recordSignedCheckpoint(ledger, 'demand', late);
    expect(shown(ledger)).toEqual([[2, 'demand', false]]);
  });

  test('of the end is there unsigned when the agent does not sign', async () => {
    const { ledger, late, clock, fingerprint } = await heldElsewhere();
    const keysDirectory = join(temporaryFolder(), 'keys');
    const now = '2026-11-16T22:00:00.000Z';
    await noteAgentKey({ directory: keysDirectory, publicKey: late.publicKey, identity: 'rita', now });
    const asked: number[] = [];
    const logged: unknown[] = [];
    const keeper = keepCheckpoints({
      ledger: () => ledger,
      clock,
      keysDirectory,
      keySeal: noKeychain,
      agent: {
        ask: async (message) => {
          asked.push(message[4] ?? 0);
          // Lists the key, and refuses to sign with it.
          return message[4] === 11
            ? listing([{ blob: late.publicKey.blob, comment: '' }]).subarray(4)
            : Buffer.of(5);
        },
      },
      log: (_, error) => void logged.push(error),
    });
    ledger.append(() => [act]);
    keeper.onAppended(ledger.state());
    await keeper.close();
    expect(asked).toEqual([11, 13]);
    expect(listCheckpoints(ledger)).toMatchObject([{ occasion: 'close', fingerprint: null }]);
    expect(fingerprint).toBe(ledger.state().keyFingerprint);
    expect(logged).toEqual([]);
  });

  test('before an idle key is locked covers what was recorded', async () => {
    const { ledger, keeper, key, keysDirectory, database } = await session('passphrase');
    ledger.append(() => [act]);
    keeper.beforeLock(await openKey(keysDirectory, key.fingerprint, passphraseSeal('secret', cheap)));
    expect(shown(ledger)).toEqual([[3, 'close', true]]);
    expect(verifyEntries(ledgerRows(database), [])).toMatchObject({ ok: true });
  });
});

describe('rebuilding', () => {
  test('gives the state in use', () => {
    const ledger = ledgerWithReviewer();
    ledger.append(() => [act]);
    recordCheckpoint(ledger, 'demand', null);
    expect(rebuildLedger(ledger)).toEqual({ ok: true, entries: 3, difference: null });
  });

  test('names the first difference', () => {
    const ledger = ledgerWithReviewer();
    const state = ledger.state();
    state.reviewer = { name: 'Mallory', id: 'rita', email: null };
    expect(rebuildLedger(ledger)).toEqual({
      ok: false,
      entries: 1,
      difference: { path: 'reviewer.email', inUse: 'null', rebuilt: 'rita@example.org' },
    });
  });

  test.each([
    ['a value', { a: 1 }, { a: 2 }, 'a'],
    ['a missing part', { a: { b: 1 } }, { a: {} }, 'a.b'],
    ['a key of a map', new Map([['x', 1]]), new Map([['y', 1]]), '[x]'],
    [
      'the order of a map',
      new Map([
        ['x', 1],
        ['y', 1],
      ]),
      new Map([
        ['y', 1],
        ['x', 1],
      ]),
      'order',
    ],
    ['a member of a set', { s: new Set(['a']) }, { s: new Set(['b']) }, 's.members'],
    ['bytes', { b: Buffer.from('a') }, { b: Buffer.from('b') }, 'b'],
    ['a list for an object', { l: [] }, { l: {} }, 'l'],
    ['the length of a list', { l: [1] }, { l: [1, 2] }, 'l.1'],
  ])('%s is a difference', (_, left, right, path) => {
    expect(firstDifference(left, right)?.path).toBe(path);
    expect(firstDifference(left, left)).toBeNull();
    expect(firstDifference(emptyState(genesisHash), emptyState(genesisHash))).toBeNull();
  });
});
