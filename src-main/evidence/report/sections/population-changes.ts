// What became of the population between the beginning of the review and the pack: items that came, went or changed.
import type { ItemFacts } from '../../pack-input.ts';
import type { PopulationAfterLine } from '../../parts/population-after-part.ts';
import {
  code,
  given,
  paragraph,
  tableOrNone,
  type Block,
  type Column,
  type Phrase,
} from '../document-model.ts';
import { populationChangeFact, stateCount, stateFact, type Facts } from '../facts.ts';
import type { ReportInput } from '../report-input.ts';
import { clipped, instantText } from '../visible-text.ts';
import { listedText } from './decisions.ts';

const dueOf = ({ dueAt, dueText }: ItemFacts): string => dueText ?? instantText(dueAt);

const itemText = (item: ItemFacts): Phrase => [
  given(clipped(item.action)),
  ' by ',
  given(clipped(item.actor ?? 'unknown')),
  ', due ',
  dueOf(item),
  ...(item.tenant === null ? [] : [', tenant ', given(clipped(item.tenant))]),
  ...(item.auditLogId === null ? [] : [', event ', given(clipped(item.auditLogId))]),
];

const names: readonly (readonly [label: string, textOf: (item: ItemFacts) => string | null])[] = [
  ['action', ({ action }) => action],
  ['by', ({ actor }) => actor],
  ['due', dueOf],
  ['tenant', ({ tenant }) => tenant],
  ['event', ({ auditLogId }) => auditLogId],
];

/** Only what differs. Two due times can differ by less than is printed. */
function differences(before: ItemFacts, after: ItemFacts): Phrase {
  const found = names.filter(([, textOf]) => textOf(before) !== textOf(after));
  if (found.length === 0) return [`due ${before.dueAt} → ${after.dueAt}`];
  return found.flatMap(([label, textOf], index) => [
    `${index === 0 ? '' : '\n'}${label}: `,
    given(clipped(textOf(before) ?? 'none')),
    ' → ',
    given(clipped(textOf(after) ?? 'none')),
  ]);
}

function statePhrase({ before, after }: PopulationAfterLine): Phrase {
  if (before !== null && after !== null) return differences(before, after);
  const known = after ?? before;
  return known === null ? ['It came after the review began, and went again.'] : itemText(known);
}

const columns: readonly Column[] = [
  { title: 'Item', weight: 24 },
  { title: 'Change', weight: 12 },
  { title: 'What it was, or is', weight: 44 },
  { title: 'First seen (clock of the server)', weight: 20 },
];

const captions = {
  new: 'Items that came',
  removed: 'Items that went',
  changed: 'Items that changed',
} as const;

function changeTable(change: keyof typeof captions, { rows }: ReportInput, facts: Facts): Block[] {
  const list = rows.populationChanges.get(change) ?? { rows: [], total: 0 };
  if (list.total === 0) return [];
  return [
    ...listedText(list, 'data/population-after.jsonl'),
    tableOrNone(
      captions[change],
      columns,
      list.rows.map((line) => [
        [code(clipped(line.review))],
        [stateFact(facts, populationChangeFact(line)[0])],
        statePhrase(line),
        [instantText(line.firstSeenAt)],
      ]),
    ),
  ];
}

export function populationChangeBlocks(input: ReportInput, facts: Facts): Block[] {
  if (!facts.has('count-populationNew'))
    return [
      paragraph(
        'This pack has no data/population-after.jsonl: the source keeps no review items, or what they were before is not known.',
      ),
    ];
  return [
    paragraph(
      'Since the review began, ',
      ...stateCount(facts, 'count-populationNew', 'item', 'items'),
      ' came, ',
      stateFact(facts, 'count-populationRemoved'),
      ' went, and ',
      stateFact(facts, 'count-populationChanged'),
      ' changed. Compared are tenant, event, action, actor and due time, not who reviewed an item there, when and with which note. What an item was before is as this workstation first mirrored it; what happened between two readings, nobody saw.',
    ),
    ...(['removed', 'changed', 'new'] as const).flatMap((change) => changeTable(change, input, facts)),
  ];
}
