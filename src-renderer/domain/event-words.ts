// Says an audit event as a sentence whose parts tell our words and the values of the database apart.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { visibleText } from '../components/visible-text.ts';
import { text } from '../texts/text.ts';

/** A piece of a sentence; a value must be drawn so that it can neither pose as our words nor reorder them. */
export type SentencePart = {
  text: string;
  isValue: boolean;
  /** What people call the value, where that is something else. */
  name?: string | undefined;
};

const isolateStart = '\u2068';
const isolateEnd = '\u2069';

/**
 * A value inside plain text: quoted, and isolated so that right-to-left text cannot reorder the words around it.
 * An isolate or override inside the value is spelled out, so it can neither close ours nor keep it open.
 */
export function quoted(value: string): string {
  return text('domain:quoted', { value: `${isolateStart}${visibleText(value)}${isolateEnd}` });
}

/** One sentence: who did what, to what, from where. Unknown parts are left out, never guessed. */
export function eventSentence(event: AuditEvent): SentencePart[] {
  const parts = [...actorParts(event), words(text('domain:sentence.performed')), value(event.action)];
  const resource = [event.resourceType, event.resourceId].filter(isKnown);
  if (resource.length > 0) parts.push(words(text('domain:sentence.on')), ...spaced(resource));
  if (isKnown(event.ip)) parts.push(words(text('domain:sentence.from')), value(event.ip));
  return [...parts, words('.')];
}

/**
 * Tells the given values apart wherever they stand by themselves in a sentence that was written elsewhere.
 * @param names what people call some of them
 */
export function markEvery(
  sentence: string,
  values: readonly string[],
  names: ReadonlyMap<string, string> = new Map(),
): SentencePart[] {
  const known = [...new Set(values.filter(isKnown))].toSorted((a, b) => b.length - a.length);
  const parts: SentencePart[] = [];
  let from = 0;
  let at = 0;
  while (at < sentence.length) {
    const found = known.find(
      (text) => sentence.startsWith(text, at) && standsAlone(sentence, at, text.length),
    );
    if (found === undefined) {
      at += 1;
      continue;
    }
    if (at > from) parts.push(words(sentence.slice(from, at)));
    parts.push({ ...value(found), name: names.get(found) });
    at += found.length;
    from = at;
  }
  return from === sentence.length ? parts : [...parts, words(sentence.slice(from))];
}

function standsAlone(sentence: string, at: number, length: number): boolean {
  const isWord = (character: string | undefined) =>
    character !== undefined && /[\p{L}\p{N}]/u.test(character);
  const [first, last] = [sentence[at], sentence[at + length - 1]];
  return !(isWord(first) && isWord(sentence[at - 1])) && !(isWord(last) && isWord(sentence[at + length]));
}

/** An empty actor stays unattributed and is never named. */
function actorParts({ actor, actorName, actorType }: AuditEvent): SentencePart[] {
  if (actor === '') return [words(text('domain:event.unattributed'))];
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
