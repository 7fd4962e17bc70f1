// The days that count as weekend, one a line.
import { useState } from 'react';
import { TextArea } from '../../components/field.tsx';
import { text } from '../../texts/text.ts';
import { parseDates } from './detection-draft.ts';

type HolidayFieldProps = { holidays: readonly string[]; onChange: (holidays: string[]) => void };

export function HolidayField({ holidays, onChange }: HolidayFieldProps) {
  const [lines, setLines] = useState(holidays.join('\n'));
  return (
    <TextArea
      label={text('settings:detection.holidayField')}
      hint={text('settings:detection.holidayHint')}
      error={parseDates(lines) === null ? text('settings:detection.noDate') : null}
      rows={3}
      spellCheck={false}
      value={lines}
      onChange={(event) => {
        setLines(event.target.value);
        const dates = parseDates(event.target.value);
        if (dates !== null) onChange(dates);
      }}
    />
  );
}
