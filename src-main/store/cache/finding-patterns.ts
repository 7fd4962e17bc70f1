// The patterns that findings share, each written once.
import { crc32 } from 'node:zlib';
import { damaged, type DatabaseHandle } from '../database.ts';
import { row } from '../query.ts';
import { piecesOf, type Pieces } from './finding-text.ts';

/** Numbers of patterns, which are written where they are new; to be made and used within the transaction that writes the findings. */
export function patternNumbers(database: DatabaseHandle): (pattern: string) => number {
  const known = new Map<string, number>();
  return (pattern) => {
    const number = known.get(pattern) ?? numberOfPattern(database, pattern);
    known.set(pattern, number);
    return number;
  };
}

function numberOfPattern(database: DatabaseHandle, pattern: string): number {
  const checksum = crc32(pattern);
  const known = row<{ id: number }>(
    database,
    'SELECT id FROM finding_pattern WHERE checksum = ? AND pattern = ?',
    checksum,
    pattern,
  );
  if (known) return known.id;
  const added = row<{ id: number }>(
    database,
    'INSERT INTO finding_pattern (checksum, pattern) VALUES (?, ?) RETURNING id',
    checksum,
    pattern,
  );
  return added!.id;
}

/** Patterns by number, each read once by whoever reads many findings. */
export function patternReader(database: DatabaseHandle): (id: number) => Pieces {
  const known = new Map<number, Pieces>();
  return (id) => {
    const pieces = known.get(id);
    if (pieces) return pieces;
    const found = row<{ pattern: string }>(database, 'SELECT pattern FROM finding_pattern WHERE id = ?', id);
    if (!found) throw damaged('cache', new Error('A pattern is missing.'));
    const read = piecesOf(found.pattern);
    known.set(id, read);
    return read;
  };
}
