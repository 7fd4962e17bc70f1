// The days that count as weekend, one a line.
import { useState } from 'react';
import { TextArea } from '../../components/field.tsx';
import { parseDates } from './detection-draft.ts';

type HolidayFieldProps = { holidays: readonly string[]; onChange: (holidays: string[]) => void };

export function HolidayField({ holidays, onChange }: HolidayFieldProps) {
  const [text, setText] = useState(holidays.join('\n'));
  return (
    <TextArea
      label="Holidays"
      hint="One local date a line, such as 2026-12-25. They count as weekend."
      error={parseDates(text) === null ? 'A line is no date such as 2026-12-25.' : null}
      rows={3}
      spellCheck={false}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        const dates = parseDates(event.target.value);
        if (dates !== null) onChange(dates);
      }}
    />
  );
}
