// Says an audit event as a sentence whose parts tell our words and the values of the database apart.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { visibleText } from '../components/visible-text.ts';

/** A piece of a sentence; a value must be drawn so that it can neither pose as our words nor reorder them. */
export type SentencePart = { text: string; isValue: boolean };

const isolateStart = '\u2068';
const isolateEnd = '\u2069';

/**
 * A value inside plain text: quoted, and isolated so that right-to-left text cannot reorder the words around it.
 * An isolate or override inside the value is spelled out, so it can neither close ours nor keep it open.
 */
export function quoted(value: string): string {
  return `“${isolateStart}${visibleText(value)}${isolateEnd}”`;
}

/** One sentence: who did what, to what, from where. Unknown parts are left out, never guessed. */
export function eventSentence(event: AuditEvent): SentencePart[] {
  const parts = [...actorParts(event), words(' performed '), value(event.action)];
  const resource = [event.resourceType, event.resourceId].filter(isKnown);
  if (resource.length > 0) parts.push(words(' on '), ...spaced(resource));
  if (isKnown(event.ip)) parts.push(words(' from '), value(event.ip));
  return [...parts, words('.')];
}

/** Tells the given values apart in a sentence that was written elsewhere: each once, in the order in which they stand in it. */
export function markValues(sentence: string, values: readonly string[]): SentencePart[] {
  const parts: SentencePart[] = [];
  let rest = sentence;
  for (const known of values.filter(isKnown)) {
    const at = rest.indexOf(known);
    if (at < 0) continue;
    if (at > 0) parts.push(words(rest.slice(0, at)));
    parts.push(value(known));
    rest = rest.slice(at + known.length);
  }
  return rest === '' ? parts : [...parts, words(rest)];
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
