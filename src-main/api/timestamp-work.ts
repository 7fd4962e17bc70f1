// Asks the configured timestamp service about a pack, and puts on record that the pack file changed by it.
import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import { addTimestamps, type TimestampedPack } from '../evidence/timestamp-pack.ts';
import { checkReply, nonceBytes, timestampRequest } from '../evidence/timestamp-request.ts';
import { askTimestampService, defaultTimestampTimeoutMs } from '../evidence/timestamp-service.ts';
import { parseAuthorities, timestampJudge } from '../evidence/timestamp-verify.ts';
import { readTrustFile } from '../evidence/trust-files.ts';
import type { Workstation } from '../workstation.ts';
import { presentActor } from '../review/shown-reviewer.ts';
import type { JobContext } from './jobs.ts';
import { trustDirectory } from './trust-in-force.ts';

/**
 * Adds timestamps to a pack file without recording it.
 * @throws Problem `refused` when no service is configured, or it gives no usable answer; the pack is then as it was
 */
export async function stampPack(
  workstation: Workstation,
  file: string,
  signal?: AbortSignal,
): Promise<TimestampedPack> {
  const service = workstation.ledger.state().trust.timestamps;
  if (service === null) {
    throw new Problem('refused', 'No timestamp service is set, so nobody was asked.', {
      next: 'Set one first: countersign trust timestamps --url ADDRESS --tsa-ca FILE',
    });
  }
  const { url, authoritySha256 } = service;
  const authorities =
    authoritySha256 === null
      ? null
      : parseAuthorities(readTrustFile(trustDirectory(workstation), authoritySha256).toString('utf8'));
  const judge = timestampJudge(authorities);
  return addTimestamps(file, async (signature) => {
    const random = randomBytes(nonceBytes);
    const request = timestampRequest(signature, random);
    const reply = await askTimestampService({ url, timeoutMs: defaultTimestampTimeoutMs }, request, signal);
    checkReply(reply, { signature, random, judge });
    return reply;
  });
}

export type StampedExport = {
  /** Of the pack file as it is now. */
  readonly sha256: string;
  /** What came of it; null when nobody is to be asked. */
  readonly timestamp: string | null;
};

/** Asks about a pack that was just written. A pack is complete without a timestamp, so a failure is only told. */
export async function stampExport(
  workstation: Workstation,
  { file, sha256 }: { readonly file: string; readonly sha256: string },
  { progress, signal }: JobContext,
): Promise<StampedExport> {
  if (workstation.ledger.state().trust.timestamps === null) return { sha256, timestamp: null };
  progress('Asking for a timestamp', 0, null, '');
  try {
    const stamped = await stampPack(workstation, file, signal);
    return { sha256: stamped.sha256, timestamp: 'A timestamp was added.' };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { sha256, timestamp: `No timestamp was added. ${error.message}` };
  }
}

/** The same for a pack that was exported before; the ledger then knows both hashes of the file. */
export async function timestampPack(
  workstation: Workstation,
  file: string,
  signal?: AbortSignal,
): Promise<TimestampedPack> {
  const stamped = await stampPack(workstation, file, signal);
  if (stamped.added > 0) {
    workstation.ledger.append((state) => [
      {
        type: 'pack-timestamped',
        subject: basename(file).toWellFormed(),
        actor: presentActor(state),
        payload: { name: basename(file).toWellFormed(), ...stamped },
      },
    ]);
  }
  return stamped;
}
