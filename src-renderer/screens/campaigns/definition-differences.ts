// What differs between two definitions of a campaign, part by part, in words as short as they can be.
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import { nameOf } from '#shared/model/campaign-people.ts';
import { text } from '../../texts/text.ts';

export const comparedParts = [
  'name',
  'objective',
  'controls',
  'scope',
  'period',
  'zone',
  'dueDays',
  'recurrence',
  'series',
  'people',
  'stages',
  'policy',
  'owner',
  'approver',
  'materiality',
  'dormantDays',
  'meanings',
] as const satisfies readonly (keyof CampaignDefinition)[];
export type ComparedPart = (typeof comparedParts)[number];

/** Only what is in one and not in the other is written out, so that two long lists stay readable. */
export type PartDifference = { part: ComparedPart; theirs: string[]; mine: string[] };

/** In the order of the form; empty where both come to the same. */
export function definitionDifferences(
  theirs: CampaignDefinition,
  mine: CampaignDefinition,
): PartDifference[] {
  return comparedParts.flatMap((part) => {
    const [one, other] = [linesOf(part, theirs), linesOf(part, mine)];
    if (one.join('\n') === other.join('\n')) return [];
    const only = (lines: string[], without: string[]) => lines.filter((line) => !without.includes(line));
    const [onlyTheirs, onlyMine] = [only(one, other), only(other, one)];
    // The same lines in another order: all of them say it.
    return onlyTheirs.length + onlyMine.length === 0
      ? [{ part, theirs: one, mine: other }]
      : [{ part, theirs: onlyTheirs, mine: onlyMine }];
  });
}

/** Each a line that stands for itself. */
function linesOf(part: ComparedPart, definition: CampaignDefinition): string[] {
  switch (part) {
    case 'controls':
      return definition.controls;
    case 'scope':
      return scopeLines(definition.scope);
    case 'period':
      return [text('campaigns:periodOf', { from: definition.period.from, to: definition.period.to })];
    case 'recurrence':
      return definition.recurrence === null
        ? []
        : [
            text('campaigns:about.recursFrom', {
              every: text(`campaigns:recurrence.${definition.recurrence.every}`),
              first: definition.recurrence.first,
            }),
          ];
    case 'people':
      return definition.people.map(({ id, name, email }) =>
        [name, id, email ?? ''].filter(Boolean).join(' · '),
      );
    case 'stages':
      return definition.stages.map((stage) => stageLine(definition, stage));
    case 'policy':
      return [text(`campaigns:policy.${definition.policy}.label`)];
    case 'owner':
    case 'approver':
      return [nameOf(definition, definition[part])];
    case 'materiality':
      return definition.materiality === null
        ? []
        : [
            text('campaigns:about.materialityOf', {
              count: definition.materiality.deviations,
              by: definition.materiality.setBy,
              reason: definition.materiality.reason,
            }),
          ];
    case 'meanings':
      return Object.entries(definition.meanings).map(([right, meaning]) => `${right}: ${meaning}`);
    default: {
      const value = definition[part];
      return value === undefined || value === '' ? [] : [String(value)];
    }
  }
}

function scopeLines(scope: CampaignDefinition['scope']): string[] {
  if (scope.from === 'activity') return [text('campaigns:scope.activity.label'), ...scope.actorTypes];
  const source =
    scope.from === 'table' ? `${scope.schema}.${scope.table}` : `${scope.name} · ${scope.sha256}`;
  return [
    source,
    ...Object.entries(scope.columns).map(([name, column]) => `${name}: ${column}`),
    ...scope.filters.map(({ column, is, values, reason }) =>
      [`${column} ${text(`campaigns:filter.${is}`)}`, values.join(', '), reason].filter(Boolean).join(' · '),
    ),
  ];
}

function stageLine(
  definition: CampaignDefinition,
  { name, reviewer, fallback }: CampaignDefinition['stages'][number],
) {
  const people =
    reviewer.by === 'person' ? [reviewer.person] : reviewer.by === 'round-robin' ? reviewer.people : [];
  return [
    name,
    text(`campaigns:rule.${reviewer.by}`),
    ...people.map((id) => nameOf(definition, id)),
    text('campaigns:about.fallback', { name: nameOf(definition, fallback) }),
  ].join(' · ');
}
