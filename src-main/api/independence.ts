// Aliases, four-eyes rules, and what waits for a second person.
import { defaultFourEyesRules } from '#shared/model/independence.ts';
import { listAwaitingAnomalies } from '../review/anomalies.ts';
import { concurWithDisposition } from '../review/concur-finding.ts';
import { listFindings } from '../review/findings.ts';
import { addAliases, changeFourEyes, listAliases } from '../review/independence-acts.ts';
import { strangeOsUser } from '../review/os-user.ts';
import { lacksSecond, readQueue } from '../review/queue.ts';
import type { Workstation } from '../workstation.ts';
import { procedures } from './procedures.ts';
import { nowMicroseconds } from './workspace.ts';

export function independenceProcedures(workstation: Workstation) {
  const { independence } = procedures;
  const { ledger, osUser = null } = workstation;
  return {
    get: independence.get.handler(() => {
      const state = ledger.state();
      const { fourEyes, reviewerOsUser, reviewerKey } = state.independence;
      return {
        aliases: listAliases(state),
        rules: [...fourEyes],
        defaults: [...defaultFourEyesRules],
        boundOsUser: reviewerOsUser,
        presentOsUser: osUser,
        boundKey: reviewerKey,
        confirmReviewer: strangeOsUser(state.independence, osUser) !== null,
      };
    }),
    addAliases: independence.addAliases.handler(({ input }) => addAliases(ledger, input)),
    changeFourEyes: independence.changeFourEyes.handler(({ input }) => changeFourEyes(ledger, input)),
    awaiting: independence.awaiting.handler(() => {
      const state = ledger.state();
      const queue = readQueue(workstation.cache, state, nowMicroseconds(workstation));
      return {
        reviews: queue.filter(lacksSecond),
        findings: listFindings(workstation.cache, state).filter(({ proposal }) =>
          ['awaiting', 'disagreed'].includes(proposal?.second.state ?? ''),
        ),
        anomalies: listAwaitingAnomalies(workstation.cache, state),
      };
    }),
  };
}

/** The part of the findings' procedures that is about second persons. */
export function concurOnFinding(workstation: Workstation) {
  return procedures.findings.concur.handler(({ input }) =>
    concurWithDisposition(workstation.cache, workstation.ledger, { ...input, osUser: workstation.osUser }),
  );
}
