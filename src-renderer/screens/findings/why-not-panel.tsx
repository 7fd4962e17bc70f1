// Answers for any hour of an actor: is it listed, and if not, why not.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { WhyNotAnswer } from '#shared/contract/detection.ts';
import type { Finding } from '#shared/model/finding.ts';
import { NumberLineChart } from '../../charts/number-line-chart.tsx';
import { hourWords } from '../../charts/hours-of-week.ts';
import { Button } from '../../components/button.tsx';
import { Facts } from '../../components/facts.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { useApi } from '../../domain/api.ts';
import { formatCount, formatMeasure } from '../../domain/count-words.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useZone } from '../../domain/workspace-status.ts';
import { hourInZone, inZone } from '../../domain/zoned-time.ts';
import type { AskedHour } from '../../state/findings-view.ts';
import { text } from '../../texts/text.ts';
import { nbLineOf } from './evidence-words.ts';
import styles from './why-not-panel.module.css';

const hours = Array.from({ length: 24 }, (_, hour) => hour);

export function WhyNotPanel({ finding }: { finding: Finding }) {
  const { sourceAccount, actor, start } = finding;
  return (
    <section aria-label={text('findings:whyNot.label')}>
      <h3>{text('findings:whyNot.title')}</h3>
      <WhyNotForm asking={{ sourceAccount, actor, at: start }} />
    </section>
  );
}

/** Asks about hours of one actor; begins with the one given. */
export function WhyNotForm({ asking: { sourceAccount, actor, at } }: { asking: AskedHour }) {
  const { orpc } = useApi();
  const zone = useZone();
  const start = inZone(at, zone);
  const [date, setDate] = useState(start.slice(0, 10));
  const [hour, setHour] = useState(Number(start.slice(11, 13)));
  const [asked, setAsked] = useState<string | null>(null);
  const chosen = hourInZone(date, hour, zone);
  const answer = useQuery(
    orpc.detection.whyNot.queryOptions({
      input: { sourceAccount, actor, hour: asked ?? at },
      enabled: asked !== null,
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(chosen);
  };
  return (
    <>
      <form className={styles.form} onSubmit={submit}>
        <TextField
          label={text('findings:whyNot.day')}
          type="date"
          value={date}
          onChange={(event) => setDate(event.target.value)}
        />
        <SelectField
          label={text('findings:whyNot.hour', { zone })}
          value={hour}
          onChange={(event) => setHour(Number(event.target.value))}
        >
          {hours.map((value) => (
            <option key={value} value={value}>
              {hourWords(value)}
            </option>
          ))}
        </SelectField>
        <Button submits disabled={chosen === null}>
          {text('findings:whyNot.ask')}
        </Button>
      </form>
      {chosen === null && <p className={styles.note}>{text('findings:whyNot.skipped')}</p>}
      <ProblemNotice error={answer.error} />
      <Answer data={asked === null ? undefined : answer.data} isFetching={answer.isFetching} />
    </>
  );
}

function Answer({ data, isFetching }: { data: WhyNotAnswer | undefined; isFetching: boolean }) {
  const line = data?.numbers ? nbLineOf({ evidence: data.numbers, count: data.count }) : null;
  return (
    <>
      <output className={styles.answer} aria-label={text('findings:whyNot.answer')}>
        {isFetching && text('findings:whyNot.judging')}
        {!isFetching && data !== undefined && (
          <>
            <strong>{text(`findings:whyNot.state.${data.state}`)}.</strong> {data.sentence}
          </>
        )}
      </output>
      {data !== undefined && !isFetching && (
        <>
          {line !== null && <NumberLineChart input={line} />}
          <Numbers data={data} />
        </>
      )}
    </>
  );
}

function Numbers({ data: { count, numbers } }: { data: WhyNotAnswer }) {
  if (numbers === null) return null;
  const measure = (name: string, key: string) => {
    const value = numbers[key];
    return typeof value === 'number' ? [{ name, value: formatMeasure(value), title: String(value) }] : [];
  };
  return (
    <Facts
      columns={2}
      facts={[
        { name: text('findings:whyNot.events'), value: formatCount(count) },
        ...measure(text('findings:whyNot.usualNumber'), 'lambda'),
        ...measure(text('findings:whyNot.surprise'), 'surprise'),
        ...measure(text('findings:whyNot.surpriseFrom'), 'threshold'),
        ...measure(text('findings:whyNot.listedFrom'), 'smallestListed'),
        ...measure(text('findings:whyNot.hoursAlike'), 'hoursInCell'),
      ]}
    />
  );
}
