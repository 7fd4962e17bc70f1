// Says an audit event as a sentence, keeping every value of the database apart from our own words.
import type { AuditEvent } from '#shared/model/audit-event.ts';

const isolateStart = '\u2068';
const isolateEnd = '\u2069';

/** A value inside a sentence: quoted, and isolated so that right-to-left text cannot reorder the words around it. */
export function quoted(value: string): string {
  return `“${isolateStart}${value.replaceAll(isolateStart, '').replaceAll(isolateEnd, '')}${isolateEnd}”`;
}

/** Who an event is attributed to; an empty actor stays unattributed and is never named. */
export function actorWords(event: Pick<AuditEvent, 'actor' | 'actorName' | 'actorType'>): string {
  if (event.actor === '') return 'An unattributed actor';
  const kind = event.actorType === null || event.actorType === '' ? '' : `${quoted(event.actorType)} `;
  const name = event.actorName === null || event.actorName === '' ? '' : ` (${quoted(event.actorName)})`;
  return `${kind === '' ? '' : `The ${kind}`}${quoted(event.actor)}${name}`;
}

/** One sentence: who did what, to what, from where. Unknown parts are left out, never guessed. */
export function eventWords(event: AuditEvent): string {
  const clauses = [`${actorWords(event)} performed ${quoted(event.action)}`];
  const resource = resourceWords(event);
  if (resource !== null) clauses.push(`on ${resource}`);
  if (event.ip !== null && event.ip !== '') clauses.push(`from ${quoted(event.ip)}`);
  return `${clauses.join(' ')}.`;
}

/** Type and id of what was acted on; null when the source said neither. */
export function resourceWords(event: Pick<AuditEvent, 'resourceType' | 'resourceId'>): string | null {
  const parts = [event.resourceType, event.resourceId].filter((part) => part !== null && part !== '');
  return parts.length === 0 ? null : parts.map((part) => quoted(part ?? '')).join(' ');
}
