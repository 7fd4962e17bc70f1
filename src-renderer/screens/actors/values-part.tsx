// The values of one field in an actor’s events, most often first; each leads to its events.
import type { ActorValues } from '#shared/model/actor-profile.ts';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { InstantText } from '../../domain/instant.tsx';
import type { EventField } from '../../state/events-view.ts';
import { text } from '../../texts/text.ts';
import styles from './actor-profile-pane.module.css';

const listedAtFirst = 6;
const mostInCell = 70;

type ValuesPartProps = {
  title: string;
  field: EventField;
  values: ActorValues;
  onEvents: (field: EventField, value: string) => void;
};

export function ValuesPart({
  title,
  field,
  values: { values, others, isMirrored },
  onEvents,
}: ValuesPartProps) {
  const [isWhole, setIsWhole] = useState(false);
  const listed = isWhole ? values : values.slice(0, listedAtFirst);
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {!isMirrored && <p className={styles.note}>{text('actors:notMirrored')}</p>}
      {isMirrored && values.length === 0 && <p className={styles.note}>{text('actors:noneStated')}</p>}
      {values.length > 0 && (
        <table className={styles.table} aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{text('actors:value.value')}</th>
              <th scope="col" className={styles.count}>
                {text('actors:value.events')}
              </th>
              <th scope="col">{text('actors:value.first')}</th>
              <th scope="col">{text('actors:value.last')}</th>
            </tr>
          </thead>
          <tbody>
            {listed.map(({ value, count, firstSeen, lastSeen }) => (
              <tr key={value}>
                <th scope="row">
                  <button
                    type="button"
                    className={styles.link}
                    title={text('actors:value.show', { value: visibleText(value) })}
                    onClick={() => onEvents(field, value)}
                  >
                    <Verbatim value={value} most={mostInCell} missing={text('actors:notStated')} />
                  </button>
                </th>
                <td className={styles.count}>{text('actors:number', { count })}</td>
                <td className={styles.time}>
                  <InstantText instant={firstSeen} />
                </td>
                <td className={styles.time}>
                  <InstantText instant={lastSeen} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {values.length > listedAtFirst && (
        <Button size="small" weight="quiet" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? text('actors:fewer') : text('actors:all', { count: values.length })}
        </Button>
      )}
      {others > 0 && <p className={styles.note}>{text('actors:others', { count: others })}</p>}
    </section>
  );
}
