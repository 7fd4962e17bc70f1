// The words for entries about campaigns and the daily review of the log.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { Saying } from '#shared/model/ledger.ts';
import { because, numberOf, plural, textOf, value, words } from './say.ts';

type Payload = LedgerEntry['payload'];

/** Null for entries about anything else. */
export function sayCampaignEntry({ type, payload }: LedgerEntry): Saying | null {
  switch (type) {
    case 'campaign-defined':
      return [
        words(
          textOf(payload, 'campaign') === null
            ? 'Defined the campaign '
            : 'Changed the draft of the campaign ',
        ),
        value(textOf(partOf(payload, 'definition'), 'name')),
        words('.'),
      ];
    case 'campaign-opened':
      return [
        words(
          `Opened a campaign with a frozen population of ${countOf(partOf(payload, 'ipe'), 'items', 'item')}, due on `,
        ),
        value(textOf(payload, 'dueOn')),
        words('.'),
        ...because(partOf(payload, 'withoutMeanings'), 'reason', 'Entitlements without a meaning, because'),
        ...because(payload, 'emptyBecause', 'With nothing in it, because'),
      ];
    case 'campaign-discarded':
      return [words('Discarded the draft of a campaign.'), ...because(payload, 'reason', 'Reason')];
    case 'campaign-series-ended':
      return [words('Ended the series of a campaign.'), ...because(payload, 'reason', 'Reason')];
    case 'campaign-delegation-ended':
      return [
        words('Ended a delegation at '),
        value(textOf(payload, 'at')),
        words('.'),
        ...because(payload, 'reason', 'Reason'),
      ];
    case 'campaign-delegated': {
      const delegation = partOf(payload, 'delegation');
      return [
        words('Delegated the items of '),
        value(textOf(delegation, 'from')),
        words(' to '),
        value(textOf(delegation, 'to')),
        words('.'),
        ...because(delegation, 'reason', 'Reason'),
      ];
    }
    case 'campaign-assigned':
      return handed('Handed ', ' out to ', payload);
    case 'campaign-taken':
      return handed('Took ', ' in that are for ', payload);
    case 'campaign-decision':
      return sayDecision(payload);
    case 'campaign-handed-back':
      return [
        words(
          `Handed ${countOf(payload, 'decisions', 'decision')} back in a file for the owner of the campaign.`,
        ),
      ];
    case 'campaign-imported':
      return [
        words(`Took in ${countOf(payload, 'added', 'decision')} of `),
        value(textOf(payload, 'reviewerName')),
        words(`; ${countOf(payload, 'conflicts', 'conflict')}.`),
      ];
    case 'campaign-conflict-closed':
      return [words('Said which of two decisions on an item stands.'), ...because(payload, 'note', 'Note')];
    case 'campaign-attested':
      return [
        words(`Attested a campaign as its ${payload['role'] === 'approver' ? 'approver' : 'owner'}: `),
        value(textOf(payload, 'statement')),
      ];
    case 'campaign-closed':
      return [
        words(
          payload['state'] === 'closed'
            ? 'Closed a campaign.'
            : `Closed a campaign as incomplete; ${countOf(partOf(payload, 'counts'), 'open', 'item')} stay without a response.`,
        ),
        ...because(payload, 'reason', 'Reason'),
      ];
    case 'campaign-remediation':
      return [
        words('Noted the remediation of an item: '),
        value(textOf(payload, 'state')),
        ...because(payload, 'note', 'Note'),
      ];
    case 'campaign-rechecked':
      return [words('Checked the rights of a campaign against a later population.')];
    case 'campaign-sampled': {
      const size = countOf(partOf(payload, 'plan'), 'size', 'item');
      return [words(`Drew a sample of ${size}: `), value(textOf(payload, 'purpose'))];
    }
    case 'campaign-sample-tested':
      return [
        words('Tested an item of a sample: '),
        value(textOf(payload, 'result')),
        ...because(payload, 'note', 'Note'),
      ];
    case 'daily-review':
      return [
        words('Reviewed the log of '),
        value(textOf(payload, 'date')),
        words(': '),
        value(textOf(payload, 'statement')),
      ];
    default:
      return null;
  }
}

const pastOf: Readonly<Record<string, string>> = {
  certify: 'Certified',
  revoke: 'Revoked',
  modify: 'To be modified:',
  abstain: 'Abstained on',
  escalate: 'Escalated',
};

function sayDecision(payload: Payload): Saying {
  const imported = textOf(partOf(payload, 'imported'), 'reviewer');
  const resource = textOf(payload, 'resource');
  return [
    words(`${pastOf[textOf(payload, 'decision') ?? ''] ?? 'Decided'} the right `),
    value(textOf(payload, 'entitlement')),
    ...(resource === null ? [] : [words(' on '), value(resource)]),
    words(' of '),
    value(textOf(payload, 'subject')),
    words('.'),
    ...(imported === null ? [] : [words(' Decided elsewhere by '), value(imported), words('.')]),
    ...(textOf(payload, 'supersedes') === null ? [] : [words(' It corrects an earlier decision.')]),
    ...because(payload, 'reason', 'Reason'),
  ];
}

const handed = (did: string, whom: string, payload: Payload): Saying => [
  words(`${did}${countOf(payload, 'items', 'item')}${whom}`),
  value(textOf(payload, 'to')),
  words('.'),
];

function partOf(payload: Payload, name: string): Payload {
  const part = payload[name];
  return typeof part === 'object' && part !== null ? { ...part } : {};
}

function countOf(payload: Payload, name: string, noun: string): string {
  const count = numberOf(payload, name);
  return count === null ? `an unknown number of ${noun}s` : plural(count, noun);
}
