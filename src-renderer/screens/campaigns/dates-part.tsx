// The observation period, its zone, how long people have, and when the campaign comes again.
import { recurrences } from '#shared/model/campaign.ts';
import { SelectField, TextField } from '../../components/field.tsx';
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
          onChange={(event) => change({ every: recurrences.find((one) => one === event.target.value) ?? '' })}
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
      </div>
    </>
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
