// Trust: the root key, the organisation's list, compared keys, and the timestamp service.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import { comparison, type Comparison, type TrustOverview } from '#shared/model/trust.ts';
import { hexGroupsOf, wordsOf } from '../evidence/fingerprint-words.ts';
import { assertIdentity } from '../evidence/signer-identity.ts';
import { assertInForce, readSignedList, type SignedList } from '../evidence/organisation-list-signed.ts';
import { fingerprintOf, parsePublicKey, type PublicKey } from '../evidence/public-key.ts';
import { assertServiceAddress } from '../evidence/timestamp-service.ts';
import { parseAuthorities } from '../evidence/timestamp-verify.ts';
import { keepTrustFile } from '../evidence/trust-files.ts';
import { sha256Hex } from '../evidence/manifest.ts';
import {
  pinFirstUse,
  pinRoot,
  recordList,
  removeFirstUse,
  requireRoot,
  setTimestampService,
  type TakenList,
} from '../review/trust-acts.ts';
import type { Workstation } from '../workstation.ts';
import { procedures } from './procedures.ts';
import { startAlone } from './start-alone.ts';
import { timestampPack } from './timestamp-work.ts';
import { readHeldList, trustDirectory, zoneHere } from './trust-in-force.ts';

export function trustProcedures(workstation: Workstation) {
  const { trust } = procedures;
  const { ledger } = workstation;
  const overview = () => readTrust(workstation);
  return {
    get: trust.get.handler(overview),
    pinRoot: trust.pinRoot.handler(({ input }) => {
      pinRoot(ledger, readRootKey(input.publicKey), input.replacement);
      return overview();
    }),
    update: trust.update.handler(async ({ input }) => {
      await takeList(workstation, {
        list: Buffer.from(input.list, 'base64'),
        signature: Buffer.from(input.signature, 'base64'),
        revoked: input.revoked === undefined ? null : Buffer.from(input.revoked, 'base64'),
      });
      return overview();
    }),
    compare: trust.compare.handler(({ input }) => compareFingerprint(input.fingerprint)),
    pinFirstUse: trust.pinFirstUse.handler(({ input }) => {
      pinFirstUse(ledger, assertIdentity(input.identity), input.fingerprint);
      return overview();
    }),
    removeFirstUse: trust.removeFirstUse.handler(({ input }) => {
      removeFirstUse(ledger, input.identity, input.reason);
      return overview();
    }),
    timestamp: trust.timestamp.handler(async ({ input }) => {
      const file = packNamed(workstation, input.name);
      const { sha256, added } = await timestampPack(workstation, file);
      return { file, sha256, added };
    }),
    startTimestamp: trust.startTimestamp.handler(({ input: { name } }) => {
      const file = packNamed(workstation, name);
      return {
        jobId: startAlone(workstation.jobs, 'timestamp', async ({ progress, signal }) => {
          progress('Asking for a timestamp', 0, null, '');
          const { sha256, added } = await timestampPack(workstation, file, signal);
          return { file, sha256, added };
        }),
      };
    }),
    setTimestamps: trust.setTimestamps.handler(async ({ input }) => {
      await configureTimestamps(workstation, input.service);
      return overview();
    }),
  };
}

/** Only packs of this workspace are changed from afar. */
function packNamed({ packsDirectory }: Workstation, name: string): string {
  if (existsSync(packsDirectory) && readdirSync(packsDirectory).includes(name))
    return join(packsDirectory, name);
  throw new Problem('not-found', 'There is no such pack in this workspace.');
}

export function compareFingerprint(fingerprint: string): Comparison {
  return comparison.parse({ fingerprint, hex: hexGroupsOf(fingerprint), words: wordsOf(fingerprint) });
}

/** One key in the form of a .pub file; comments may stand around it. */
function readRootKey(text: string): PublicKey {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const [line, ...others] = lines.filter((one) => one !== '' && !one.startsWith('#'));
  const unreadable = (cause?: unknown) =>
    new Problem('invalid-input', 'This is not one public key. Nothing was changed.', {
      next: 'Give the .pub file of the organisation’s root key (ssh-ed25519 AAAA…).',
      cause,
    });
  if (line === undefined || others.length > 0) throw unreadable();
  try {
    return parsePublicKey(line);
  } catch (cause) {
    throw unreadable(cause);
  }
}

/**
 * Takes a list: checked against the pinned root key first, then kept, then put on record.
 * @throws Problem `refused`, `invalid-input` or `file-unreadable`; the list held before is then still in force
 */
export async function takeList(workstation: Workstation, files: SignedList): Promise<void> {
  const { ledger } = workstation;
  const present = ledger.state().trust;
  const isHeld = present.list !== null && sha256Hex(files.list) === present.list.sha256;
  if (isHeld) return restoreFiles(workstation, files);
  const root = requireRoot(ledger.state());
  const list = readSignedList(files, root, zoneHere());
  assertInForce(list, workstation.clock.nowMs());
  const directory = trustDirectory(workstation);
  const taken: TakenList = {
    list,
    root,
    held: {
      version: list.version,
      issued: list.issued,
      validUntil: list.validUntil,
      signedBy: fingerprintOf(root),
      sha256: await keepTrustFile(directory, files.list),
      signatureSha256: await keepTrustFile(directory, files.signature),
      revokedSha256: files.revoked === null ? null : await keepTrustFile(directory, files.revoked),
      signers: list.signers.length,
    },
  };
  recordList(ledger, taken);
}

/** The list in force, given once more: its files are kept again where they are the ones on record. */
async function restoreFiles(
  workstation: Workstation,
  { list, signature, revoked }: SignedList,
): Promise<void> {
  const held = workstation.ledger.state().trust.list;
  const onRecord = new Set([held?.sha256, held?.signatureSha256, held?.revokedSha256]);
  for (const file of [list, signature, revoked]) {
    if (file !== null && onRecord.has(sha256Hex(file)))
      await keepTrustFile(trustDirectory(workstation), file);
  }
}

async function configureTimestamps(
  workstation: Workstation,
  service: { readonly url: string; readonly authorities: string | null } | null,
): Promise<void> {
  if (service === null) return setTimestampService(workstation.ledger, null);
  const url = assertServiceAddress(service.url);
  const { authorities } = service;
  if (authorities !== null) parseAuthorities(authorities);
  const authoritySha256 =
    authorities === null ? null : await keepTrustFile(trustDirectory(workstation), Buffer.from(authorities));
  setTimestampService(workstation.ledger, { url, authoritySha256 });
}

const asInstant = (seconds: number | null) =>
  seconds === null ? null : new Date(seconds * 1000).toISOString();

export function readTrust(workstation: Workstation): TrustOverview {
  const { root, list: held, firstUse, timestamps } = workstation.ledger.state().trust;
  const overview = { root, timestamps, firstUse: [...firstUse.values()] };
  if (held === null) return { ...overview, list: null };
  try {
    const lines = (readHeldList(workstation)?.list.signers ?? []).map((signer) => ({
      principals: signer.principals,
      fingerprint: fingerprintOf(signer.key),
      namespaces: signer.namespaces,
      validAfter: asInstant(signer.validAfter),
      validBefore: asInstant(signer.validBefore),
    }));
    return { ...overview, list: { ...held, problem: null, lines } };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ...overview, list: { ...held, problem: error.message, lines: [] } };
  }
}
