// The values of a rule's field for one event of a segment.
import { textAt, type Segment } from '../history/segment.ts';
import type { History } from '../history/history.ts';
import { parseMetadata, valuesAt } from './metadata-path.ts';
import type { RuleField } from './taxonomy.ts';

/** Reads the metadata of one event after the other. */
export interface MetadataReader {
  /** As the source printed it; null when unknown. */
  textAt(index: number): string | null;
  /** Parsed once, however many fields ask for the same event in a row. */
  objectAt(index: number): object | null;
}

export function metadataReader(segment: Segment): MetadataReader {
  let known = -1;
  let text: string | null = null;
  let metadata: object | null | undefined;
  const read = (index: number): string | null => {
    if (index === known) return text;
    known = index;
    metadata = undefined;
    text = textAt(segment, 'metadata', index);
    return text;
  };
  return {
    textAt: read,
    objectAt: (index) => {
      const current = read(index);
      metadata = metadata === undefined ? parseMetadata(current) : metadata;
      return metadata;
    },
  };
}

/** Whether the segment can say anything about the field. */
export function isKnownIn(segment: Segment, field: RuleField): boolean {
  if (field.kind === 'column') return segment.column(field.column) !== null;
  if (field.kind !== 'metadata') return true;
  if (segment.length === 0 || segment.plainText?.('metadata', 0) !== undefined) return true;
  return segment.column('metadata') !== null;
}

/** Values of one field, for any event of a segment. Empty when unknown; an unattributed event has no actor. */
export function fieldValues(
  history: History,
  segment: Segment,
  field: RuleField,
  metadata: MetadataReader,
): (index: number) => readonly string[] {
  if (field.kind === 'metadata') return (index) => valuesAt(metadata.objectAt(index), field.path);
  if (field.kind === 'column') {
    const column = segment.column(field.column);
    return (index) => listOf(column?.values[column.codes[index]!] ?? null);
  }
  return (index) => {
    const { actor, action } = history.series[segment.series[index]!]!;
    if (field.kind === 'action') return [history.actions.valueOf(action)];
    return actorValues(history, actor, field.kind);
  };
}

export function actorValues(history: History, actor: number, kind: 'actor' | 'sourceAccount'): string[] {
  const { actor: name, sourceAccount } = history.actors[actor]!;
  if (kind === 'sourceAccount') return [sourceAccount];
  return name === '' ? [] : [name];
}

function listOf(text: string | null): readonly string[] {
  return text === null ? [] : [text];
}
