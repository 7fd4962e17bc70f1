// The baseline of a finding as it is mirrored now, beside the numbers the finding keeps of it.
import { z } from 'zod';
import { z3EvidenceOf, type Finding } from '#shared/model/finding.ts';
import type { BaselineDistribution } from '#shared/model/finding-baseline.ts';
import { instant, microsecondsPerHour, parseInstant } from '#shared/time/instant.ts';
import { baselineDistribution, type HoursByCount } from '../analytics/baseline-distribution.ts';
import { confirmedHourTest } from '../analytics/confirmed-hours.ts';
import { cellOf, steadyCalendar } from '../analytics/detectors/nb/window.ts';
import { localCalendar } from '../analytics/local-calendar.ts';
import { confirmedHours } from '../review/feedback.ts';
import { getFinding } from '../review/findings.ts';
import { warmHistory } from '../store/cache/week.ts';
import type { Workstation } from '../workstation.ts';
import { zoneOf } from './activity-range.ts';

/** What nb keeps of the hours it compared. */
const nbBaseline = z.object({
  hourOfDay: z.number().int(),
  isWeekend: z.boolean(),
  clock: z.enum(['wall', 'steady']),
  hoursInCell: z.number().int(),
  zeroHoursInCell: z.number().int(),
  highestInCell: z.number().int(),
  confirmedHours: z.number().int(),
  baselineStart: instant,
  baselineEnd: instant,
});
type NbBaseline = z.infer<typeof nbBaseline>;

/** Null where the detector compares with something else than single hours. */
export async function findingBaselineOf(
  workstation: Workstation,
  id: string,
): Promise<BaselineDistribution | null> {
  const { cache, ledger } = workstation;
  const { finding } = getFinding(cache, ledger.state(), id);
  const compared = comparedIn(workstation, finding);
  if (compared === null) return null;
  const history = await warmHistory(cache);
  const { sourceAccount, actor, action, count: observed } = finding;
  const [fromHour, toHour] = [hourOf(compared.from), hourOf(compared.to)];
  const { isCompared } = compared;
  const found = baselineDistribution(history, {
    sourceAccount,
    actor,
    action,
    fromHour,
    toHour,
    isCompared,
  });
  return {
    action,
    from: compared.from,
    to: compared.to,
    zone: zoneOf(workstation),
    alike: compared.alike,
    counts: found.counts.map((one) => ({ ...one })),
    hours: found.hours,
    highest: found.highest,
    observed,
    hoursAsBusy: found.counts.reduce((sum, { events, hours }) => sum + (events >= observed ? hours : 0), 0),
    asJudged: compared.isAsJudged(found),
  };
}

type Compared = Pick<BaselineDistribution, 'from' | 'to' | 'alike'> & {
  readonly isCompared: (hour: number) => boolean;
  readonly isAsJudged: (found: HoursByCount) => boolean;
};

const everyHour = () => true;

function comparedIn(workstation: Workstation, finding: Finding): Compared | null {
  const z3 = finding.detector === 'z3' ? z3EvidenceOf(finding) : null;
  if (z3 !== null)
    return {
      from: z3.baselineStart,
      to: z3.baselineEnd,
      alike: null,
      isCompared: everyHour,
      isAsJudged: ({ hours, activeHours, highest, events }) =>
        hours === z3.n &&
        activeHours === z3.activeHours &&
        highest === z3.highest &&
        events === Math.round(z3.mean * z3.n),
    };
  const nb = finding.detector === 'nb' ? (nbBaseline.safeParse(finding.evidence).data ?? null) : null;
  return nb === null ? null : comparedByNb(workstation, finding, nb);
}

/** Hours of the same hour of the day on the same kind of day, but for those that were confirmed as wrong. */
function comparedByNb(workstation: Workstation, finding: Finding, nb: NbBaseline): Compared {
  const state = workstation.ledger.state();
  const holidays = new Set(state.detection.holidays);
  const wall = localCalendar(zoneOf(workstation), holidays);
  const lastHour = Math.floor(hourOf(finding.start) / 24) * 24 + 23;
  const calendar = nb.clock === 'wall' ? wall : steadyCalendar(wall, holidays, lastHour);
  const cell = cellOf({ hour: nb.hourOfDay, isWeekend: nb.isWeekend });
  // Who confirmed nothing then had every hour compared, whatever was confirmed since.
  const isConfirmed = nb.confirmedHours === 0 ? null : confirmedHourTest(confirmedHours(state));
  const { sourceAccount, actor } = finding;
  return {
    from: nb.baselineStart,
    to: nb.baselineEnd,
    alike: { hourOfDay: nb.hourOfDay, isWeekend: nb.isWeekend },
    isCompared: (hour) =>
      cellOf(calendar(hour)) === cell && isConfirmed?.(sourceAccount, actor, hour) !== true,
    isAsJudged: ({ hours, activeHours, highest }) =>
      hours === nb.hoursInCell && hours - activeHours === nb.zeroHoursInCell && highest === nb.highestInCell,
  };
}

const hourOf = (at: string): number => Math.floor(parseInstant(at) / microsecondsPerHour);
