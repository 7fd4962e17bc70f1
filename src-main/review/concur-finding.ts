// A second person's word on a disposition that needs one before it counts.
import type { Finding } from '#shared/model/finding.ts';
import { Problem } from '#shared/model/problem.ts';
import type { DatabaseHandle } from '../store/database.ts';
import {
  draftConcurrence,
  needsNoSecond,
  nothingToSecond,
  recordOrRefuse,
  type ConcurrenceRequest,
} from './concur.ts';
import { digestOfFinding } from './disposition-in-force.ts';
import { getFinding } from './findings.ts';
import type { Ledger } from './ledger.ts';
import { actorShownIn } from './projection.ts';

/**
 * Records whether a second person concurs with the latest disposition of a finding, and answers the finding as it is then.
 * @throws Problem when there is nothing to concur with, the second person is the first, or the finding is about the second
 *   person; only the latter attempt is put on record then.
 */
export function concurWithDisposition(
  cache: DatabaseHandle,
  ledger: Ledger,
  request: Omit<ConcurrenceRequest, 'shown'>,
): Finding {
  const { finding } = getFinding(cache, ledger.state(), request.id);
  const about = { id: finding.id, tenant: finding.sourceAccount, action: finding.action };
  recordOrRefuse(
    ledger,
    request,
    () => about,
    (state) => {
      const record = state.dispositionHistory.get(finding.id)?.at(-1);
      if (!record) throw nothingToSecond();
      if (record.fourEyes.length === 0) throw needsNoSecond();
      if (record.digest !== digestOfFinding(finding))
        throw new Problem(
          'conflict',
          'This finding changed after the first reviewer disposed of it, so there is nothing to concur with. Nothing was recorded.',
          { next: 'Dispose of it anew as it is now.' },
        );
      return draftConcurrence(state, request, {
        decision: record.id,
        about: 'disposition',
        digest: record.digest,
        reviewer: record.reviewer,
        actor: actorShownIn(record),
        tenant: record.sourceAccount,
      });
    },
  );
  return getFinding(cache, ledger.state(), request.id).finding;
}
