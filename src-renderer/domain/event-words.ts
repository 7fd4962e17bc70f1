// Says an audit event as a sentence whose parts tell our words and the values of the database apart.
import type { AuditEvent } from '#shared/model/audit-event.ts';

/** A piece of a sentence; a value must be drawn so that it can neither pose as our words nor reorder them. */
export type SentencePart = { text: string; isValue: boolean };

const isolateStart = '\u2068';
const isolateEnd = '\u2069';

/** A value inside plain text: quoted, and isolated so that right-to-left text cannot reorder the words around it. */
export function quoted(value: string): string {
  return `“${isolateStart}${value.replaceAll(isolateStart, '').replaceAll(isolateEnd, '')}${isolateEnd}”`;
}

/** One sentence: who did what, to what, from where. Unknown parts are left out, never guessed. */
export function eventSentence(event: AuditEvent): SentencePart[] {
  const parts = [...actorParts(event), words(' performed '), value(event.action)];
  const resource = [event.resourceType, event.resourceId].filter(isKnown);
  if (resource.length > 0) parts.push(words(' on '), ...spaced(resource));
  if (isKnown(event.ip)) parts.push(words(' from '), value(event.ip));
  return [...parts, words('.')];
}

/** An empty actor stays unattributed and is never named. */
function actorParts({ actor, actorName, actorType }: AuditEvent): SentencePart[] {
  if (actor === '') return [words('An unattributed actor')];
  const identity = spaced([actorType, actor].filter(isKnown));
  return isKnown(actorName) ? [value(actorName), words(', '), ...identity, words(',')] : identity;
}

function isKnown(text: string | null): text is string {
  return text !== null && text !== '';
}

function words(text: string): SentencePart {
  return { text, isValue: false };
}

function value(text: string): SentencePart {
  return { text, isValue: true };
}

function spaced(values: readonly string[]): SentencePart[] {
  return values.flatMap((text, index) => (index === 0 ? [value(text)] : [words(' '), value(text)]));
}
