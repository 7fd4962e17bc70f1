// Erases a person from what findings say: their own and others' that mention them. Ids, times, counts and scores stay.
import { patternNumbers, patternReader } from '../cache/finding-patterns.ts';
import { putTogether, takeApart } from '../cache/finding-text.ts';
import type { DatabaseHandle } from '../database.ts';
import { rows, run } from '../query.ts';
import { detailReplacer, erasedMark, personReplacer, type Person } from './replace-person.ts';

type FindingRow = {
  place: number;
  actor: string;
  entity: string;
  action: string;
  pattern_id: number;
  blanks: string;
};

const readTogether = 2_000;

/**
 * Belongs into a transaction.
 * @param details addresses and user agents of the person, which their own findings may name
 * @returns how many versions of findings were changed
 */
export function eraseFindings(database: DatabaseHandle, person: Person, details: readonly string[]): number {
  const patternOf = patternReader(database);
  const numberOf = patternNumbers(database);
  const inOwn = detailReplacer(person, details);
  const inOthers = personReplacer(person);
  let changed = 0;
  for (let last = 0; ;) {
    const page = rows<FindingRow>(
      database,
      `SELECT rowid AS place, actor, entity, action, pattern_id, blanks FROM finding_version
        WHERE rowid > ? ORDER BY rowid LIMIT ${readTogether}`,
      last,
    );
    for (const found of page) {
      last = found.place;
      const isOwn = found.actor === person.actor || found.entity === person.actor;
      const replace = isOwn ? inOwn : inOthers;
      const text = putTogether(patternOf(found.pattern_id), found.blanks, namesOf(found));
      const after = {
        actor: found.actor === person.actor ? person.pseudonym : found.actor,
        entity: isOwn ? replaceEntity(found.entity, person, details) : replace(found.entity),
        action: found.action,
      };
      const said = replace(text);
      if (said === text && after.actor === found.actor && after.entity === found.entity) continue;
      const { pattern, blanks } = takeApart(said, namesOf(after));
      run(
        database,
        'UPDATE finding_version SET actor = ?, entity = ?, pattern_id = ?, blanks = ? WHERE rowid = ?',
        after.actor,
        after.entity,
        numberOf(pattern),
        blanks,
        found.place,
      );
      changed += 1;
    }
    if (page.length < readTogether) break;
  }
  if (changed > 0)
    run(database, 'DELETE FROM finding_pattern WHERE id NOT IN (SELECT pattern_id FROM finding_version)');
  return changed;
}

/** In the order in which texts are taken apart. */
const namesOf = ({ actor, action, entity }: Pick<FindingRow, 'actor' | 'action' | 'entity'>): string[] => [
  actor,
  action,
  entity,
];

function replaceEntity(entity: string, { actor, pseudonym }: Person, details: readonly string[]): string {
  if (entity === actor) return pseudonym;
  return details.includes(entity) ? erasedMark : entity;
}
