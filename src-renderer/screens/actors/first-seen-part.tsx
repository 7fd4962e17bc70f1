// What an actor did, touched or came from for the first time of late.
import { useState } from 'react';
import type { ActorProfile, FirstSeen } from '#shared/model/actor-profile.ts';
import { Button } from '../../components/button.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { firstSeenChoices, useActorsView } from '../../state/actors-view.ts';
import type { EventField } from '../../state/events-view.ts';
import { text } from '../../texts/text.ts';
import styles from './actor-profile-pane.module.css';

const mostInCell = 70;
const kindsInOrder = ['action', 'address', 'target'] as const;
const listedAtFirst = 5;
/** A profile lists so many of them. */
const mostListed = 200;
const choices = firstSeenChoices.map((days) => String(days));

type FirstSeenPartProps = {
  profile: ActorProfile;
  onEvents: (field: EventField, value: string) => void;
};

export function FirstSeenPart({ profile, onEvents }: FirstSeenPartProps) {
  const { firstSeenDays, setFirstSeenDays } = useActorsView();
  const { firstSeenList, daysKnownBefore } = profile;
  return (
    <section aria-label={text('actors:new.title')}>
      <div className={styles.titleLine}>
        <h3>{text('actors:new.title')}</h3>
        <Segmented
          label={text('actors:new.within')}
          value={String(firstSeenDays)}
          choices={choices.map((value) => ({
            value,
            label: text('actors:new.days', { count: Number(value) }),
          }))}
          onChange={(value) =>
            setFirstSeenDays(firstSeenChoices.find((days) => String(days) === value) ?? firstSeenDays)
          }
        />
      </div>
      <p className={styles.note}>
        {daysKnownBefore <= 0
          ? text('actors:new.unknownBefore')
          : text('actors:new.knownBefore', { count: Math.floor(daysKnownBefore) })}
      </p>
      {firstSeenList.length === 0 && <p className={styles.note}>{text('actors:new.none')}</p>}
      {firstSeenList.length >= mostListed && (
        <p className={styles.note}>{text('actors:new.most', { count: mostListed })}</p>
      )}
      {kindsInOrder.map((kind) => (
        <NewOfKind
          key={kind}
          kind={kind}
          values={firstSeenList.filter((one) => one.kind === kind)}
          onEvents={onEvents}
        />
      ))}
    </section>
  );
}

type NewOfKindProps = Pick<FirstSeenPartProps, 'onEvents'> & {
  kind: FirstSeen['kind'];
  values: readonly FirstSeen[];
};

/** Each kind by itself: new targets are many, and a new action or address among them would be lost. */
function NewOfKind({ kind, values, onEvents }: NewOfKindProps) {
  const [isWhole, setIsWhole] = useState(false);
  if (values.length === 0) return null;
  const title = text(`actors:new.kinds.${kind}`, { count: values.length });
  return (
    <>
      <table className={styles.table} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">{text('actors:value.first')}</th>
            <th scope="col" className={styles.count}>
              {text('actors:value.events')}
            </th>
          </tr>
        </thead>
        <tbody>
          {(isWhole ? values : values.slice(0, listedAtFirst)).map(({ value, firstSeen, count }) => (
            <tr key={value}>
              <th scope="row">
                <button type="button" className={styles.link} onClick={() => onEvents(kind, value)}>
                  <Verbatim value={value} most={mostInCell} missing={text('actors:notStated')} />
                </button>
              </th>
              <td className={styles.time}>
                <InstantText instant={firstSeen} />
              </td>
              <td className={styles.count}>{text('actors:number', { count })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {values.length > listedAtFirst && (
        <Button size="small" weight="quiet" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? text('actors:fewer') : text('actors:all', { count: values.length })}
        </Button>
      )}
    </>
  );
}
