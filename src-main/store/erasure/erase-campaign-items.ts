// Erases a person from the index of campaigns' items. Frozen populations stay: they are what was reviewed.
import type { DatabaseHandle } from '../database.ts';
import { run } from '../query.ts';
import type { Person } from './replace-person.ts';

type IndexedPeople = {
  readonly subject: string;
  readonly subjectName: string | null;
  readonly manager: string | null;
  readonly owner: string | null;
};

/** Belongs into a transaction. @returns how many items were changed */
export function eraseCampaignItems(
  database: DatabaseHandle,
  { actor, pseudonym }: Pick<Person, 'actor' | 'pseudonym'>,
): number {
  run(
    database,
    'UPDATE campaign_first_holder SET subject = @pseudonym, subject_name = NULL WHERE subject = @actor',
    { actor, pseudonym },
  );
  return run(
    database,
    `UPDATE campaign_item SET
       subject_name = CASE WHEN subject = @actor THEN NULL ELSE subject_name END,
       subject = CASE WHEN subject = @actor THEN @pseudonym ELSE subject END,
       manager = CASE WHEN manager = @actor THEN @pseudonym ELSE manager END,
       owner = CASE WHEN owner = @actor THEN @pseudonym ELSE owner END
     WHERE @actor IN (subject, manager, owner)`,
    { actor, pseudonym },
  );
}

/** The item as it is indexed. @param pseudonymOf of somebody erased; null for anybody else */
export function hideInItem<Item extends IndexedPeople>(
  item: Item,
  pseudonymOf: (text: string) => string | null,
): Item {
  const subject = pseudonymOf(item.subject);
  const shown = (text: string | null) => (text === null ? null : (pseudonymOf(text) ?? text));
  return {
    ...item,
    ...(subject !== null && { subject, subjectName: null }),
    manager: shown(item.manager),
    owner: shown(item.owner),
  };
}
