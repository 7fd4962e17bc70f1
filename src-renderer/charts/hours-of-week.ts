// Names the hours of the week; hour 0 is Monday 00:00.
import { text } from '../texts/text.ts';

export const hoursPerWeek = 168;

/** A day by its number, 0 is Monday. */
const weekdayNames = () => text('heatmap:weekdays').split(' ');
export const weekdayShortNames = () => text('heatmap:weekdaysShort').split(' ');

const clock = (hour: number) => `${String(hour % 24).padStart(2, '0')}:00`;

/** `14:00–15:00`. */
export function hourWords(hour: number): string {
  return `${clock(hour)}–${clock(hour + 1)}`;
}

/** `Tuesday 14:00–15:00`. */
export function hourOfWeekWords(hourOfWeek: number): string {
  return `${weekdayNames()[Math.floor(hourOfWeek / 24)] ?? ''} ${hourWords(hourOfWeek % 24)}`;
}

/** `Tuesday 02:00 to Tuesday 05:00`, both hours named by their begin and end. */
export function hoursOfWeekWords(first: number, last: number): string {
  if (first === last) return hourOfWeekWords(first);
  const dayOf = (hour: number) => weekdayNames()[Math.floor(hour / 24)] ?? '';
  return text('heatmap:hoursBetween', {
    from: `${dayOf(first)} ${clock(first % 24)}`,
    to: `${dayOf(last)} ${String((last % 24) + 1).padStart(2, '0')}:00`,
  });
}
