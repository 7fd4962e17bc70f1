// What was decided in an access review: numbers, then every item that was not simply certified.
import type { CampaignItemRow, CampaignRow, ToldDecision } from '../collect-campaigns.ts';
import { itemFactName, remedyFactName } from '../campaign-facts.ts';
import { factList, given, heading, paragraph, strong, type Block, type Phrase } from '../document-model.ts';
import { decisionTexts } from '../facts.ts';
import { clipped, instantText } from '../visible-text.ts';
import { reasonPhrase, rightPhrase, saidBy, type State } from './campaign-words.ts';
import { listedTable } from './listed-table.ts';

const itemsFile = 'data/campaign-items.jsonl';

export function decisionBlocks(row: CampaignRow, state: State): Block[] {
  return [
    heading('Decisions'),
    paragraph(
      'Items: ',
      state('items'),
      '. Of these ',
      state('certified'),
      ' certified, ',
      state('revoked'),
      ' to be revoked, ',
      state('modified'),
      ' to be modified. ',
      strong('Without a final decision: '),
      state('open'),
      '. An item without a decision is neither certified nor revoked.',
    ),
    factList([
      ['Certified', [state('certified')]],
      ['… of these privileged', [state('certified-privileged')]],
      ['… of these not known to be privileged or not', [state('certified-maybePrivileged')]],
      ['To be revoked', [state('revoked')]],
      ['To be modified', [state('modified')]],
      ['Without a final decision', [state('open')]],
      ['… abstained from or escalated', [state('undecided')]],
      ['… the stages do not agree, or two people decided differently', [state('disagreed')]],
      ['… decided by nobody but the subject', [state('ownOnly')]],
      ['… nobody decided anything that counts', [state('silent')]],
    ]),
    paragraph(
      'Certified items are not listed here; each is in data/campaign-items.jsonl, its decision in data/ledger.jsonl.',
    ),
    ...takenBlocks(row, state),
    ...heldBlocks(row, state),
    ...silentBlocks(row),
  ];
}

const decisionPhrase = (told: ToldDecision | 'certify' | null): Phrase => {
  if (told === null) return ['nobody decided'];
  if (told === 'certify') return ['Certified'];
  const { decision, reviewer, reviewerName, ofRecord, at, reason, batch } = told;
  return [
    `${decisionTexts[decision]}: `,
    ...saidBy(reviewer, reviewerName, at),
    ...(ofRecord === reviewer ? [] : [', for ', given(clipped(ofRecord))]),
    ...(batch === null ? [] : [', in bulk']),
    '. ',
    ...reasonPhrase(reason),
  ];
};

/** What stands of each stage; a stage that was not reached is left out behind one that was. */
function stagesPhrase({ decisions }: CampaignItemRow): Phrase {
  const several = decisions.length > 1;
  return decisions.flatMap((told, stage) => {
    if (told === null && stage > 0) return [];
    return [
      ...(stage === 0 ? [] : ['\n']),
      ...(several ? [`Stage ${stage + 1}: `] : []),
      ...decisionPhrase(told),
    ];
  });
}

const rightOf = ({ item }: CampaignItemRow): Phrase => rightPhrase(item, item.key, item.subjectName);

function remedyPhrase({ remediation }: CampaignItemRow): Phrase {
  if (remediation === null) return [];
  const { owner, dueOn, ticket, checkedAt } = remediation;
  return [
    ...(owner === null ? [] : ['\nowner ', given(clipped(owner))]),
    ...(dueOn === null ? [] : [`\ndue ${dueOn}`]),
    ...(ticket === null ? [] : ['\nticket ', given(clipped(ticket))]),
    ...(checkedAt === null ? [] : [`\nchecked ${instantText(checkedAt)}`]),
  ];
}

function takenBlocks({ taken }: CampaignRow, state: State): Block[] {
  return [
    ...listedTable(
      {
        caption: 'To be revoked or modified, and what became of it',
        columns: [
          { title: 'Right', weight: 34 },
          { title: 'Outcome', weight: 11 },
          { title: 'Decided by, when (claimed), why', weight: 33 },
          { title: 'Remediation', weight: 22 },
        ],
        ...taken,
        file: itemsFile,
      },
      (row) => [
        rightOf(row),
        [state(itemFactName(row))],
        stagesPhrase(row),
        [state(remedyFactName(row)), ...remedyPhrase(row)],
      ],
    ),
  ];
}

function heldBlocks({ held }: CampaignRow, state: State): Block[] {
  return [
    ...listedTable(
      {
        caption:
          'Decided by somebody, without a final outcome: abstained, escalated, not agreed, in conflict, awaiting a further stage',
        columns: [
          { title: 'Right', weight: 36 },
          { title: 'State', weight: 18 },
          { title: 'What stands', weight: 46 },
        ],
        ...held,
        file: itemsFile,
      },
      (row) => [
        rightOf(row),
        [state(itemFactName(row))],
        // What the policy would take stands no more than the other side, until somebody says so.
        row.state === 'conflict'
          ? ['nothing, until somebody says which decision does; both are under “Decided differently”']
          : stagesPhrase(row),
      ],
    ),
  ];
}

function silentBlocks({ silent }: CampaignRow): Block[] {
  return [
    ...listedTable(
      {
        caption: 'No response: nobody decided anything that counts',
        columns: [
          { title: 'Right', weight: 50 },
          { title: 'Privileged', weight: 16 },
          { title: 'Rules that came to yes', weight: 34 },
        ],
        ...silent,
        file: itemsFile,
      },
      ({ item }) => [rightPhrase(item, item.key, item.subjectName), [item.privileged], [flagsOf(item.flags)]],
    ),
  ];
}

function flagsOf(flags: CampaignItemRow['item']['flags']): string {
  const yes = flags.filter(({ is }) => is === 'yes').map(({ flag }) => flag.replaceAll('-', ' '));
  return yes.length === 0 ? 'none' : yes.join(', ');
}
