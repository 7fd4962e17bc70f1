// Whether names are masked, who is shown by name all the same, and who was erased.
import type { InferClientOutputs } from '@orpc/client';
import { Verbatim } from '../../components/verbatim.tsx';
import type { WorkstationClient } from '../../domain/api.ts';
import { InstantText } from '../../domain/instant.tsx';
import styles from './independence-panel.module.css';

export type Privacy = InferClientOutputs<WorkstationClient>['privacy']['get'];

export function Standing({ privacy }: { privacy: Privacy }) {
  const { isMasked, purpose, unmaskings, erased } = privacy;
  return (
    <>
      <p>{isMasked ? 'Actors are shown as pseudonyms.' : 'Actors are shown by name.'}</p>
      {purpose !== null && (
        <p>
          Purpose: <Verbatim value={purpose} />
        </p>
      )}
      {unmaskings.length > 0 && (
        <ul className={styles.list} aria-label="Unmasked now">
          {unmaskings.map((one) => (
            <li key={`${one.at} ${one.pseudonym ?? ''}`}>
              {one.pseudonym ?? 'Everybody'} is shown by name until <InstantText instant={one.until} />:{' '}
              <Verbatim value={one.reason} />
            </li>
          ))}
        </ul>
      )}
      {erased.length > 0 && (
        <ul className={styles.list} aria-label="Erased people">
          {erased.map((person) => (
            <li key={person.pseudonym}>
              {person.pseudonym} was erased <InstantText instant={person.at} />:{' '}
              <Verbatim value={person.reason} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
