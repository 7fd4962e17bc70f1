// Whom a mirror must not hold by name: what arrives of them is counted under their pseudonym, without what describes them.
import type { DatabaseHandle } from '../database.ts';
import { textOf, type TextColumn } from '../cache/columns.ts';
import { codedColumn, plainColumn, type BatchField, type MirroredEvent } from '../cache/mirrored-event.ts';
import { row } from '../query.ts';
import { pseudonymOf, tokenOf } from './keyed-names.ts';

/** Everybody who was erased, so that it can be handed to another thread: no id is among it. */
export type ErasedPeople = {
  /** Of the pseudonyms, in hex digits. */
  readonly key: string;
  /** Keyed hashes of the ids. */
  readonly tokens: readonly string[];
};

type Known = { readonly pseudonymOf: (actor: string) => string | null };

const knownTo = new WeakMap<DatabaseHandle, Known>();

/** Tells a connection whom not to mirror by name; to be called before it writes events. */
export function hideFrom(database: DatabaseHandle, { key: hex, tokens }: ErasedPeople): void {
  if (tokens.length === 0) {
    knownTo.delete(database);
    return;
  }
  const key = Buffer.from(hex, 'hex');
  const erased = new Set(tokens);
  const answers = new Map<string, string | null>();
  const answer = (actor: string) => (erased.has(tokenOf(key, actor)) ? pseudonymOf(key, actor) : null);
  knownTo.set(database, {
    pseudonymOf: (actor) => {
      const known = answers.get(actor);
      if (known !== undefined) return known;
      const found = answer(actor);
      if (answers.size > mostRemembered) answers.clear();
      answers.set(actor, found);
      return found;
    },
  });
}

const mostRemembered = 100_000;

/** What describes a person or what they did, beyond the fact that they did it. */
export const describingFields = ['actorName', 'resourceId', 'ip', 'userAgent', 'metadata'] as const;

type Batch = { readonly length: number; readonly columns: ReadonlyMap<BatchField, TextColumn> };

/** The batch as it is mirrored. */
export function hideInBatch<Kind extends Batch>(database: DatabaseHandle, batch: Kind): Kind {
  const known = knownTo.get(database);
  const actors = batch.columns.get('actor');
  if (!known || !actors) return batch;
  const pseudonyms = Array.from({ length: batch.length }, (_, place) =>
    known.pseudonymOf(textOf(actors, place) ?? ''),
  );
  const columns = new Map(batch.columns);
  const resources = columns.get('resourceId');
  if (resources)
    columns.set(
      'resourceId',
      mapColumn(resources, batch.length, (text) => text && (known.pseudonymOf(text) ?? text)),
    );
  if (pseudonyms.some((pseudonym) => pseudonym !== null)) {
    columns.set(
      'actor',
      mapColumn(actors, batch.length, (text, place) => pseudonyms[place] ?? text),
    );
    for (const field of describingFields) {
      const column = columns.get(field);
      if (column)
        columns.set(
          field,
          mapColumn(column, batch.length, (text, place) => (pseudonyms[place] === null ? text : null)),
        );
    }
  }
  return { ...batch, columns };
}

/** A column of the same kind with other texts. */
export function mapColumn(
  column: TextColumn,
  length: number,
  change: (text: string | null, place: number) => string | null,
): TextColumn {
  const texts = Array.from({ length }, (_, place) => change(textOf(column, place), place));
  return column.kind === 'coded' ? codedColumn(texts) : plainColumn(texts);
}

/** The event as it is mirrored. */
export function hideInEvent(database: DatabaseHandle, event: MirroredEvent): MirroredEvent {
  const known = knownTo.get(database);
  if (!known) return event;
  const resourceId =
    event.resourceId === null ? null : (known.pseudonymOf(event.resourceId) ?? event.resourceId);
  const pseudonym = known.pseudonymOf(event.actor);
  return pseudonym === null
    ? { ...event, resourceId }
    : {
        ...event,
        actor: pseudonym,
        actorName: null,
        resourceId: null,
        ip: null,
        userAgent: null,
        metadata: null,
      };
}

/** False where nobody was erased, as far as this connection was told. */
export const knowsErased = (database: DatabaseHandle): boolean => knownTo.has(database);

/** What an erased person is called; null for anybody else. */
export const erasedPseudonym = (database: DatabaseHandle, actor: string): string | null =>
  knownTo.get(database)?.pseudonymOf(actor) ?? null;

/** True when nothing is to be said of this actor but the pseudonym. */
export function isHidden(database: DatabaseHandle, actor: string): boolean {
  const known = knownTo.get(database);
  return known !== undefined && known.pseudonymOf(actor) !== null;
}

/** Whether a series of the file is that of somebody erased; never, where nobody was. */
export function hiddenSeries(database: DatabaseHandle): (series: number) => boolean {
  if (!knownTo.has(database)) return () => false;
  const answers = new Map<number, boolean>();
  return (series) => {
    const known = answers.get(series);
    if (known !== undefined) return known;
    const found = row(
      database,
      `SELECT 1 FROM series s JOIN actor a ON a.id = s.actor_id
        WHERE s.id = ? AND a.actor GLOB 'Actor [0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z]-[0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z]*'`,
      series,
    );
    answers.set(series, found !== undefined);
    return found !== undefined;
  };
}
