// Says in words why an hour stands out, with every number the score was made of.
import { hoursLocal } from './local-time.ts';
import { z3Method, type Judgement } from './detectors/z3.ts';

/** One paragraph: what happened, what is usual, how unusual it is, and how that was computed. */
export function explainZ3(
  who: string,
  action: string,
  judgement: Judgement,
  highest: number,
  zone: string,
): string {
  const { what, expected, unusual } = sentencesOfZ3(who, action, judgement, highest, zone);
  return [what, expected, unusual].join(' ');
}

/**
 * The paragraph of {@link explainZ3} by the question each of its sentences answers.
 * @param when the hour in words, for a caller that names the same hours again and again.
 */
export function sentencesOfZ3(
  who: string,
  action: string,
  judgement: Judgement,
  highest: number,
  zone: string,
  when: string = hoursLocal(judgement.hour, zone),
): { what: string; expected: string; unusual: string } {
  const { count, mean, n, activeHours, sd, deviationUsed, z } = judgement;
  const times = count === 1 ? 'time' : 'times';
  const floor =
    deviationUsed > sd
      ? `the floor sqrt(max(mean, 1)), because the deviation itself is ${digits(sd)}`
      : 'sample, n − 1';
  return {
    what: `${action} ${count} ${times} by ${who}, ${when}.`,
    expected: `Usually ${digits(mean)} in an hour: ${activeHours} of ${n} baseline hours had any, the highest ${highest}.`,
    unusual: `z = (${count} − ${digits(mean)}) / ${digits(deviationUsed)} = ${digits(z)}, above the threshold ${z3Method.threshold}; deviation used: ${floor}.`,
  };
}

/** What to add when late events changed the hour so that it would not be found today. */
export function explainChange(newest: {
  detector: string;
  version: number;
  count: number;
  score: number;
}): string {
  if (newest.detector !== z3Method.id)
    return `Judged again in version ${newest.version}, with events that arrived later or with other settings, it no longer stands out by itself.`;
  return `Events that arrived later changed this hour: in version ${newest.version} it has ${newest.count} events and z = ${digits(newest.score)}, so by itself it would no longer stand out.`;
}

/** Three digits, or all of a whole or large number. */
export function digits(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 1000
    ? String(Math.round(value))
    : String(Number(value.toPrecision(3)));
}
