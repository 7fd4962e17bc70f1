// Erases a person from the events that are kept in columns: theirs keep time, id and action; others' keep all but the mention.
import {
  readSegmentInfos,
  deleteSegment,
  insertSegment,
  openSegment,
  readStretch,
} from '../cache/segments.ts';
import type { SegmentInfo } from '../cache/segments.ts';
import type { SegmentField } from '../../analytics/history/segment.ts';
import { textOf, type TextColumn } from '../cache/columns.ts';
import type { Stretch } from '../cache/stretch.ts';
import type { DatabaseHandle } from '../database.ts';
import { describingFields, mapColumn } from './erased-people.ts';
import { personReplacer, type Person } from './replace-person.ts';

export type ErasedEvents = {
  /** Of the person. */
  readonly events: number;
  /** Of others, that named them. */
  readonly mentions: number;
  /** Addresses and user agents the person's events had. */
  readonly details: ReadonlySet<string>;
};

/** Belongs into a transaction. */
export function eraseSegments(
  database: DatabaseHandle,
  person: Person,
  series: ReadonlySet<number>,
): ErasedEvents {
  const total = { events: 0, mentions: 0, details: new Set<string>() };
  for (const info of readSegmentInfos(database)) {
    if (!isConcerned(database, info, person, series)) continue;
    const stretch = readStretch(database, info);
    const { fields, events, mentions } = withoutPerson(stretch, person, series, total.details);
    if (events + mentions === 0) continue;
    deleteSegment(database, info.id);
    insertSegment(database, info.day, { ...stretch, fields });
    total.events += events;
    total.mentions += mentions;
  }
  return total;
}

/** Most segments hold nothing of a person, and reading one whole takes the longest. */
function isConcerned(
  database: DatabaseHandle,
  info: SegmentInfo,
  { actor, names }: Person,
  series: ReadonlySet<number>,
): boolean {
  const segment = openSegment(() => database, info);
  if (segment.series.some((number) => series.has(number))) return true;
  const { fields } = readStretch(database, info);
  const forms = [actor, ...names].map((text) => JSON.stringify(text).slice(1, -1));
  return mentioningFields.some((field) => {
    const column = fields.get(field);
    if (!column) return false;
    if (column.kind === 'plain') return forms.some((form) => Buffer.from(column.bytes).includes(form));
    return column.values.some(
      (text) => text !== null && [actor, ...names, ...forms].some((form) => text.includes(form)),
    );
  });
}

/** Fields of others' events that may name the person. */
const mentioningFields = ['resourceId', 'metadata'] as const satisfies readonly SegmentField[];

function withoutPerson(
  stretch: Stretch,
  person: Person,
  series: ReadonlySet<number>,
  details: Set<string>,
): { fields: Map<SegmentField, TextColumn>; events: number; mentions: number } {
  const isTheirs = Array.from(stretch.series, (number) => series.has(number));
  const fields = new Map(stretch.fields);
  const mentioning = new Set<number>();
  const replace = personReplacer(person);
  for (const field of ['ip', 'userAgent'] as const) gather(fields.get(field), isTheirs, details);
  for (const field of describingFields) {
    if (field === 'actorName') continue;
    const column = fields.get(field);
    if (!column) continue;
    const mayMention = field === 'resourceId' || field === 'metadata';
    const change = (text: string | null, place: number) => {
      if (isTheirs[place]) return null;
      if (text === null || !mayMention) return text;
      const changed = replace(text);
      if (changed !== text) mentioning.add(place);
      return changed;
    };
    fields.set(field, mapColumn(column, stretch.length, change));
  }
  return { fields, events: isTheirs.filter(Boolean).length, mentions: mentioning.size };
}

function gather(column: TextColumn | undefined, isTheirs: readonly boolean[], details: Set<string>): void {
  if (!column) return;
  for (const [place, theirs] of isTheirs.entries()) {
    const text = theirs ? textOf(column, place) : null;
    if (text !== null) details.add(text);
  }
}
