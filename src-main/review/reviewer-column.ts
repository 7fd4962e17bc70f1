// Whether the connected database can hold a reviewer's id where decisions and dispositions are written.
import { Problem } from '#shared/model/problem.ts';
import { foldIdentity } from './aliases.ts';
import { canBeReviewer } from '../source/sendable.ts';
import type { SchemaFingerprint } from '../source/schema-shape.ts';
import type { LedgerState } from './projection.ts';

const written = [
  { table: 'reviews', column: 'reviewer_id', title: 'review table' },
  { table: 'anomalies', column: 'reviewed_by', title: 'table of anomalies' },
] as const;
type WrittenTable = (typeof written)[number]['table'];

/** Names of Postgres as people read them, and as the catalog has them. */
const baseTypes: Readonly<Record<string, string>> = {
  uuid: 'uuid',
  smallint: 'int2',
  integer: 'int4',
  bigint: 'int8',
};
const limitedText = /^(?:character varying|character)\((\d+)\)$/;

/**
 * Whether text can be a value of a column.
 * @param type as Postgres writes it, such as `uuid` or `character varying(36)`; types not known here are taken to hold anything.
 */
export function canHold(type: string, id: string): boolean {
  return canBeReviewer(id, { baseType: baseTypes[type] ?? 'text', maximumLength: longestText(type) });
}

/** How many characters a column takes; null where its type sets no bound. */
function longestText(type: string): number | null {
  const length = limitedText.exec(type)?.[1];
  return length === undefined ? null : Number(length);
}

/** How many characters of notes a row of the connected review table takes; null where there is no bound, or it is not known. */
export function longestNotes({ connection }: Pick<LedgerState, 'connection'>): number | null {
  const type = connection?.fingerprint?.tables.reviews?.columns['notes']?.type;
  return type === undefined ? null : longestText(type);
}

/** Why an id cannot stand in the tables this login may write, a sentence a table; empty when it can, or when they are not known. */
export function unfitSentences(
  fingerprint: SchemaFingerprint | undefined,
  id: string,
  tables: readonly WrittenTable[] = ['reviews', 'anomalies'],
): string[] {
  return written.flatMap(({ table, column, title }) => {
    if (!tables.includes(table)) return [];
    const shape = fingerprint?.tables[table]?.columns[column];
    if (shape === undefined || !shape.update || canHold(shape.type, id)) return [];
    return [
      `The ${title} cannot hold the reviewer id “${id}”: its column ${column} has the type ${shape.type}.`,
    ];
  });
}

const fittingId = 'Use the id under which the audited system knows this reviewer.';

/**
 * Whoever is named in a campaign by such an id may review under it: nothing of a campaign is ever sent to the database.
 * @throws Problem `invalid-input` for any other id that could not be sent to the connected database
 */
export function assertFittingReviewer(
  { connection, campaigns }: Pick<LedgerState, 'connection' | 'campaigns'>,
  id: string,
): void {
  const sentences = unfitSentences(connection?.fingerprint, id);
  if (sentences.length === 0 || isOfCampaign(campaigns, id)) return;
  throw new Problem('invalid-input', `${sentences.join(' ')} Nothing was changed.`, { next: fittingId });
}

const isOfCampaign = ({ byId }: LedgerState['campaigns'], id: string): boolean =>
  [...byId.values()].some(({ definition }) =>
    definition.people.some((person) => foldIdentity(person.id) === foldIdentity(id)),
  );

/** Of people of a campaign who cannot be reviewers of rows under these ids, a sentence each. */
export function unfitPeople(
  { connection }: Pick<LedgerState, 'connection'>,
  people: readonly { readonly id: string; readonly name: string }[],
): string[] {
  return people.flatMap(({ id, name }) => {
    const sentences = unfitSentences(connection?.fingerprint, id);
    if (sentences.length === 0) return [];
    return [
      `${sentences.join(' ')} ${name} can review the campaign under it, and nothing else ${name} decides here could be sent. Better is the id under which the audited system knows ${name}.`,
    ];
  });
}

/** For a reviewer whose id the database cannot hold: one who was set before it was connected, or who is named in a campaign. */
export function unfitReviewerWarnings(
  { reviewer }: Pick<LedgerState, 'reviewer'>,
  fingerprint: SchemaFingerprint | undefined,
): string[] {
  if (reviewer === null) return [];
  return unfitSentences(fingerprint, reviewer.id).map(
    (sentence) => `${sentence} Nothing this reviewer decides can be sent. Say again who reviews here.`,
  );
}

/** The same with the tables as they were when the workspace was connected. */
export const unfitPresentReviewer = (state: Pick<LedgerState, 'reviewer' | 'connection'>): string[] =>
  unfitReviewerWarnings(state, state.connection?.fingerprint);

/** Why nothing would leave, for reviewers whose decisions wait. */
export function unfitWaiting(
  { connection }: Pick<LedgerState, 'connection'>,
  table: WrittenTable,
  reviewers: readonly string[],
): string[] {
  return [...new Set(reviewers)].flatMap((id) =>
    unfitSentences(connection?.fingerprint, id, [table]).map(
      (sentence) => `${sentence} Let a reviewer with an id that fits decide again.`,
    ),
  );
}
