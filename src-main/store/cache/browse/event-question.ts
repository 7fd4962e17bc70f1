// A filter on events made ready for a mirror: what it means by series, by column and by hour.
import type { EventFilter, SearchedField } from '#shared/model/event-browser.ts';
import type { SegmentField } from '../../../analytics/history/segment.ts';
import type { MirroredHistory } from '../resident.ts';
import { containsWord, foldWord } from './find-word.ts';

export type ColumnCondition = {
  readonly field: SegmentField;
  /** Tells whether a text is one of those asked for; null is a text that is not stated. */
  readonly accepts: (text: string | null) => boolean;
};

export type WordSought = {
  readonly word: string;
  /** By series number, 1 where actor, name or action hold the word. */
  readonly inSeries: Uint8Array;
};

/** What {@link questionOf} makes of a filter. */
export type EventQuestion = {
  readonly from: number;
  readonly to: number;
  /** By series number, 1 is asked for; null is all of them. */
  readonly isMeant: Uint8Array | null;
  readonly columns: readonly ColumnCondition[];
  /** By hour of the week; null is all. */
  readonly hours: Uint8Array | null;
  readonly hourOfWeek: (slot: number) => number;
  readonly words: readonly WordSought[];
  /** Columns words are looked for in. */
  readonly wordColumns: readonly SegmentField[];
  readonly inIds: boolean;
};

export type QuestionContext = {
  readonly history: Pick<MirroredHistory, 'actors' | 'actions' | 'series'>;
  readonly hourOfWeek: (slot: number) => number;
  /** Fields words may be looked for in. */
  readonly searched: readonly SearchedField[];
  readonly from: number | null;
  readonly to: number | null;
};

export function questionOf(filter: EventFilter, context: QuestionContext): EventQuestion {
  const { history, searched, from, to, hourOfWeek } = context;
  const hours = listOf(filter.hourOfWeek);
  return {
    from: from ?? Number.MIN_SAFE_INTEGER,
    to: to ?? Number.MAX_SAFE_INTEGER,
    isMeant: seriesMeant(filter, history),
    columns: columnConditions(filter),
    hours:
      hours === null ? null : Uint8Array.from({ length: 168 }, (_, hour) => Number(hours.includes(hour))),
    hourOfWeek,
    words: wordsIn(filter.text).map((word) => ({ word, inSeries: seriesHolding(word, history, searched) })),
    wordColumns: textColumns.filter((field) => searched.includes(field)),
    inIds: searched.includes('id'),
  };
}

const textColumns = [
  'severity',
  'actorType',
  'resourceType',
  'ip',
  'userAgent',
  'resourceId',
  'metadata',
] as const satisfies readonly SearchedField[];

export function wordsIn(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(/\s+/).filter((word) => word !== ''))].map(foldWord);
}

/** One value, several or none as a list; null is no condition. */
export function listOf<Value>(value: Value | readonly Value[] | undefined): readonly Value[] | null {
  if (value === undefined) return null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- no value of a filter is a list itself
  return Array.isArray(value) ? (value as readonly Value[]) : [value as Value];
}

const conditions = {
  resourceId: 'target',
  resourceType: 'targetType',
  ip: 'address',
  severity: 'severity',
  outcome: 'outcome',
} as const satisfies Partial<Record<SegmentField, keyof EventFilter>>;

/** Fields of the mirror that a filter is about. */
export function fieldsOf(filter: EventFilter): SegmentField[] {
  return columnConditions(filter).map(({ field }) => field);
}

function columnConditions(filter: EventFilter): ColumnCondition[] {
  const asked = [
    { field: 'severity', values: listOf(filter[conditions.severity]) },
    { field: 'outcome', values: listOf(filter[conditions.outcome]) },
    { field: 'resourceType', values: listOf(filter[conditions.resourceType]) },
    { field: 'ip', values: listOf(filter[conditions.ip]) },
    { field: 'resourceId', values: listOf(filter[conditions.resourceId]) },
  ] as const;
  return asked.flatMap(({ field, values }) =>
    values === null ? [] : [{ field, accepts: acceptOneOf(values, field === 'ip') }],
  );
}

function acceptOneOf(values: readonly string[], withPrefixes: boolean): ColumnCondition['accepts'] {
  const prefixes = withPrefixes
    ? values.filter((value) => value.endsWith('*')).map((value) => value.slice(0, -1))
    : [];
  const exact = new Set(values);
  return (text) => exact.has(text ?? '') || prefixes.some((prefix) => text?.startsWith(prefix) === true);
}

function seriesMeant(
  filter: EventFilter,
  { actors, actions, series }: QuestionContext['history'],
): Uint8Array | null {
  const askedActors = listOf(filter.actor);
  const askedActions = listOf(filter.action);
  const { sourceAccount } = filter;
  if (askedActors === null && askedActions === null && sourceAccount === undefined) return null;
  const isActor = actors.map(
    (actor) =>
      (askedActors === null || askedActors.includes(actor.actor)) &&
      (sourceAccount === undefined || actor.sourceAccount === sourceAccount),
  );
  const isAction = Array.from(
    actions.values,
    (action) => askedActions === null || askedActions.includes(action),
  );
  return Uint8Array.from(series, ({ actor, action }) => Number(isActor[actor]! && isAction[action]!));
}

function seriesHolding(
  word: string,
  { actors, actions, series }: QuestionContext['history'],
  searched: readonly SearchedField[],
): Uint8Array {
  const inActor = actors.map(
    ({ actor, name }) =>
      (searched.includes('actor') && containsWord(actor, word)) ||
      (searched.includes('actorName') && name !== null && containsWord(name, word)),
  );
  const inAction = Array.from(
    actions.values,
    (action) => searched.includes('action') && containsWord(action, word),
  );
  return Uint8Array.from(series, ({ actor, action }) => Number(inActor[actor]! || inAction[action]!));
}
