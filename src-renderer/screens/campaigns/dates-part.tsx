// The observation period, its zone, how long people have, and when the campaign comes again.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ownSeries, recurrences } from '#shared/model/campaign.ts';
import { SelectField, TextField } from '../../components/field.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { useApi } from '../../domain/api.ts';
import { text } from '../../texts/text.ts';
import styles from './definition-form.module.css';
import type { FormPartProps } from './form-part.ts';

export function DatesPart({ draft, change }: FormPartProps) {
  return (
    <>
      <div className={styles.three}>
        <TextField
          label={text('campaigns:define.dates.from')}
          type="date"
          value={draft.periodFrom}
          onChange={(event) => change({ periodFrom: event.target.value })}
        />
        <TextField
          label={text('campaigns:define.dates.to')}
          type="date"
          value={draft.periodTo}
          onChange={(event) => change({ periodTo: event.target.value })}
        />
        <ZoneField draft={draft} change={change} />
      </div>
      <div className={styles.three}>
        <TextField
          label={text('campaigns:define.dates.dueDays')}
          hint={text('campaigns:define.dates.dueDaysHint')}
          inputMode="numeric"
          value={draft.dueDays}
          onChange={(event) => change({ dueDays: event.target.value })}
        />
        <SelectField
          label={text('campaigns:define.dates.every')}
          value={draft.every}
          onChange={(event) => change(recurring(draft, event.target.value))}
        >
          <option value="">{text('campaigns:recurrence.none')}</option>
          {recurrences.map((one) => (
            <option key={one} value={one}>
              {text(`campaigns:recurrence.${one}`)}
            </option>
          ))}
        </SelectField>
        {draft.every !== '' && (
          <TextField
            label={text('campaigns:define.dates.first')}
            type="date"
            value={draft.first}
            onChange={(event) => change({ first: event.target.value })}
          />
        )}
        {(draft.every !== '' || draft.series !== '') && <SeriesField draft={draft} change={change} />}
      </div>
    </>
  );
}

/** What comes again for the first time is a series of its own, unless it was taken from an earlier campaign. */
function recurring({ series }: FormPartProps['draft'], chosen: string): Partial<FormPartProps['draft']> {
  const every = recurrences.find((one) => one === chosen) ?? '';
  if (every === '') return { every, series: series === ownSeries ? '' : series };
  return { every, series: series === '' ? ownSeries : series };
}

function SeriesField({ draft, change }: FormPartProps) {
  const { orpc } = useApi();
  const campaigns = useQuery(orpc.campaigns.list.queryOptions());
  const goesOn = draft.series !== '' && draft.series !== ownSeries;
  // Chosen once, it can be chosen again.
  const [earlier] = useState(goesOn ? draft.series : null);
  const named = goesOn ? draft.series : earlier;
  const name = campaigns.data?.find(({ id }) => id === named)?.name;
  return (
    <SelectField
      label={text('campaigns:define.dates.series')}
      hint={text('campaigns:define.dates.seriesHint')}
      value={draft.series}
      onChange={(event) => change({ series: event.target.value })}
    >
      {named !== null && (
        <option value={named}>
          {name === undefined
            ? text('campaigns:define.dates.seriesOf')
            : text('campaigns:define.dates.seriesNamed', { name: visibleText(name) })}
        </option>
      )}
      <option value={ownSeries}>{text('campaigns:define.dates.seriesOwn')}</option>
      <option value="">{text('campaigns:define.dates.seriesByDates')}</option>
    </SelectField>
  );
}

function ZoneField({ draft, change }: FormPartProps) {
  const zones = Intl.supportedValuesOf('timeZone');
  return (
    <SelectField
      label={text('campaigns:define.dates.zone')}
      hint={text('campaigns:define.dates.zoneHint')}
      value={draft.zone}
      onChange={(event) => change({ zone: event.target.value })}
    >
      {!zones.includes(draft.zone) && <option value={draft.zone}>{draft.zone}</option>}
      {zones.map((zone) => (
        <option key={zone} value={zone}>
          {zone}
        </option>
      ))}
    </SelectField>
  );
}
