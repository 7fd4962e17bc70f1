// Whether names are masked, who is shown by name all the same, and who was erased.
import type { InferClientOutputs } from '@orpc/client';
import { Verbatim } from '../../components/verbatim.tsx';
import type { WorkstationClient } from '../../domain/api.ts';
import { InstantText } from '../../domain/instant.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './independence-panel.module.css';

export type Privacy = InferClientOutputs<WorkstationClient>['privacy']['get'];

export function Standing({ privacy }: { privacy: Privacy }) {
  const { isMasked, purpose, unmaskings, erased } = privacy;
  return (
    <>
      <p>{text(isMasked ? 'settings:people.masked' : 'settings:people.named')}</p>
      {purpose !== null && (
        <p>
          <Rich of="settings:people.purpose" parts={{ purpose: <Verbatim value={purpose} /> }} />
        </p>
      )}
      {unmaskings.length > 0 && (
        <ul className={styles.list} aria-label={text('settings:people.unmasked')}>
          {unmaskings.map((one) => (
            <li key={`${one.at} ${one.pseudonym ?? ''}`}>
              <Rich
                of="settings:people.shownUntil"
                values={{ who: one.pseudonym ?? text('settings:people.everybody') }}
                parts={{
                  until: <InstantText instant={one.until} />,
                  reason: <Verbatim value={one.reason} />,
                }}
              />
            </li>
          ))}
        </ul>
      )}
      {erased.length > 0 && (
        <ul className={styles.list} aria-label={text('settings:people.erased')}>
          {erased.map((person) => (
            <li key={person.pseudonym}>
              <Rich
                of="settings:people.wasErased"
                values={{ who: person.pseudonym }}
                parts={{
                  at: <InstantText instant={person.at} />,
                  reason: <Verbatim value={person.reason} />,
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
