// A campaign as the command line shows it.
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import type { Outcome } from './command.ts';
import { facts, printable, table } from './print.ts';

const delegationColumns = ['entry', 'from', 'to', 'validFrom', 'validTo', 'reason'];

/** A campaign in words, as several verbs end. */
export function statusOutcome(json: CampaignStatus): Outcome {
  const { ipe, counts, scopeInWords } = json;
  const parts = [
    facts({ id: json.id, name: json.name, state: json.state, dueOn: json.dueOn, overdue: json.isOverdue }),
    json.discarded && printable(`! Discarded by ${json.discarded.byName}: ${json.discarded.reason}`),
    json.state === 'draft' &&
      printable(`Defined by ${json.definedAs.byName} in entry ${json.definedAs.entry}.`),
    scopeInWords.map(printable).join('\n'),
    printable(json.series.inWords),
    json.series.ended &&
      printable(`The series was ended by ${json.series.ended.byName}: ${json.series.ended.reason}`),
    ipe &&
      `${ipe.items} items from ${ipe.rows} rows, counted apart: ${ipe.countedRows}. SHA-256 ${ipe.sha256}`,
    ipe &&
      ipe.excluded
        .map(({ what, reason, rows }) =>
          printable(`Left out: ${rows} ${rows === 1 ? 'row' : 'rows'}: ${what}. ${reason}`),
        )
        .join('\n'),
    ipe?.reservations?.map((sentence) => `! ${sentence}`).join('\n'),
    json.opening && table(json.opening.flags, ['flag', 'yes', 'unknown']),
    json.opening?.withoutMeanings &&
      printable(
        `! ${json.opening.withoutMeaning} items are about entitlements without a meaning in plain words. Reason: ${json.opening.withoutMeanings.reason}`,
      ),
    json.opening?.emptyBecause &&
      printable(`! It was opened with nothing in it. Reason: ${json.opening.emptyBecause}`),
    json.delegations.length === 0 ? null : table(json.delegations, delegationColumns),
    json.delegationRemarks.map((sentence) => printable(`! ${sentence}`)).join('\n'),
    json.state === 'draft' || json.state === 'discarded' ? null : facts(counts),
    json.attestations.length === 0 ? null : table(json.attestations, ['role', 'byName', 'at', 'stillHolds']),
  ];
  return { json, text: parts.filter(Boolean).join('\n\n') };
}
