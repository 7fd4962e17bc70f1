// The ids a finding cites, in as few bytes as they need.
import { compactIds } from './compact-ids.ts';
import { idAt } from './columns.ts';
import { plainColumn } from './mirrored-event.ts';

const uuidMark = 1;
const jsonMark = 0;

/** One byte that says how, then sixteen bytes an id where all are UUIDs, else JSON. */
export function packIds(ids: readonly string[]): Uint8Array {
  const column = plainColumn(ids);
  const compact =
    column.kind === 'plain'
      ? compactIds({ kind: 'text', offsets: column.offsets, bytes: column.bytes })
      : null;
  return compact?.kind === 'uuid' && ids.length > 0
    ? Buffer.concat([Buffer.of(uuidMark), compact.bytes])
    : Buffer.concat([Buffer.of(jsonMark), Buffer.from(JSON.stringify(ids))]);
}

/** @throws SyntaxError when the bytes are not what {@link packIds} made */
export function unpackIds(packed: Uint8Array): unknown {
  const bytes = packed.subarray(1);
  if (packed[0] !== uuidMark) return JSON.parse(Buffer.from(bytes).toString('utf8'));
  const ids = { kind: 'uuid' as const, bytes };
  return Array.from({ length: bytes.length / 16 }, (_, row) => idAt(ids, row));
}
