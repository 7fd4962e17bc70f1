// Answers for any hour of an actor: is it listed, and if not, why not.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Finding } from '#shared/model/finding.ts';
import { Button } from '../../components/button.tsx';
import { Facts } from '../../components/facts.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { useApi } from '../../domain/api.ts';
import { formatCount, formatMeasure } from '../../domain/count-words.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useZone } from '../../domain/workspace-status.ts';
import { hourInZone, inZone } from '../../domain/zoned-time.ts';
import styles from './why-not-panel.module.css';

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;

const stateWords = {
  learning: 'Still learning',
  usual: 'Usual',
  flagged: 'Listed',
  'not judged yet': 'Not judged yet',
  'no events': 'No events',
};

export function WhyNotPanel({ finding }: { finding: Finding }) {
  const { orpc } = useApi();
  const zone = useZone();
  const start = inZone(finding.start, zone);
  const [date, setDate] = useState(start.slice(0, 10));
  const [hour, setHour] = useState(Number(start.slice(11, 13)));
  const [asked, setAsked] = useState<string | null>(null);
  const chosen = hourInZone(date, hour, zone);
  const { sourceAccount, actor } = finding;
  const answer = useQuery(
    orpc.detection.whyNot.queryOptions({
      input: { sourceAccount, actor, hour: asked ?? finding.start },
      enabled: asked !== null,
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(chosen);
  };
  return (
    <section aria-label="Why not">
      <h3>Why not another hour?</h3>
      <form className={styles.form} onSubmit={submit}>
        <TextField label="Day" type="date" value={date} onChange={(event) => setDate(event.target.value)} />
        <SelectField
          label={`Hour (${zone})`}
          value={hour}
          onChange={(event) => setHour(Number(event.target.value))}
        >
          {hours.map((value) => (
            <option key={value} value={value}>{`${clock(value)}–${clock((value + 1) % 24)}`}</option>
          ))}
        </SelectField>
        <Button submits disabled={chosen === null}>
          Ask
        </Button>
      </form>
      {chosen === null && (
        <p className={styles.note}>The clocks skip that hour, or the day is not complete.</p>
      )}
      <ProblemNotice error={answer.error} />
      <output className={styles.answer} aria-label="Answer">
        {asked !== null && answer.isFetching && 'Judging that hour…'}
        {asked !== null && answer.data !== undefined && !answer.isFetching && (
          <>
            <strong>{stateWords[answer.data.state]}.</strong> {answer.data.sentence}
          </>
        )}
      </output>
      {asked !== null && answer.data !== undefined && <Numbers data={answer.data} />}
    </section>
  );
}

type NumbersProps = { data: { count: number; numbers: Record<string, unknown> | null } };

function Numbers({ data: { count, numbers } }: NumbersProps) {
  if (numbers === null) return null;
  const measure = (name: string, key: string) => {
    const value = numbers[key];
    return typeof value === 'number' ? [{ name, value: formatMeasure(value), title: String(value) }] : [];
  };
  return (
    <Facts
      columns={2}
      facts={[
        { name: 'Events', value: formatCount(count) },
        ...measure('Usual', 'lambda'),
        ...measure('Surprise S', 'surprise'),
        ...measure('Listed from S', 'threshold'),
        ...measure('Listed from', 'smallestListed'),
        ...measure('Hours like it', 'hoursInCell'),
      ]}
    />
  );
}
