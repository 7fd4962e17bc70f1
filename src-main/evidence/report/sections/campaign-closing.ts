// Who attested an access review, how it was closed, and what its evidence cannot show.
import type { CampaignLine } from '../../parts/campaign-lines.ts';
import type { CampaignRow } from '../collect-campaigns.ts';
import { code, factList, given, heading, paragraph, type Block, type Phrase } from '../document-model.ts';
import { clipped } from '../visible-text.ts';
import { saidBy, type State } from './campaign-words.ts';

function attestationPhrase(
  { attestations, outcomesSha256 }: CampaignLine,
  role: 'owner' | 'approver',
): Phrase {
  const found = attestations.find((one) => one.role === role);
  if (found === undefined) return ['NOT ATTESTED'];
  return [
    ...saidBy(found.by, found.byName, found.at),
    ': ',
    given(clipped(found.statement)),
    ...(found.outcomesSha256 === outcomesSha256 ? [] : ['\nWHAT STANDS NOW IS NOT WHAT WAS ATTESTED']),
    '\non outcomes ',
    code(found.outcomesSha256),
  ];
}

function closingPhrase({ closed }: CampaignLine): Phrase {
  if (closed === null) return ['not closed when this pack was made'];
  return [
    ...saidBy(closed.by, closed.byName, closed.at),
    ...(closed.reason === null ? [] : [', because: ', given(clipped(closed.reason))]),
  ];
}

const limits: readonly Phrase[] = [
  [
    'The population is what the source said when it was frozen, to the role that read it, or what the file held. Rights that no source records are in no population.',
  ],
  ['What the source did not say is “unknown”, and was taken for neither yes nor no.'],
  ['Times of decisions and times in view are clocks of the reviewers’ computers, and therefore claims.'],
  [
    'What is said of remediation is a claim until a later population was read: “verified removed” says that the right was not in that one, and nothing of the time after.',
  ],
];

export function closingBlocks({ line }: CampaignRow, state: State): Block[] {
  return [
    heading('Attestation and closing'),
    factList([
      ['State', [state('state')]],
      ['Attested by the owner', attestationPhrase(line, 'owner')],
      ['Attested by the approver', attestationPhrase(line, 'approver')],
      ['Closed', closingPhrase(line)],
      ['Items left without a final decision', [state('open')]],
    ]),
    ...(line.closed?.state === 'closed-incomplete'
      ? [
          paragraph(
            'It was closed incomplete: its open items stay without a response. Nothing was certified or revoked by closing.',
          ),
        ]
      : []),
    paragraph('Limits of this access review:'),
    { kind: 'list', items: limits },
  ];
}
