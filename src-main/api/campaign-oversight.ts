// Beside the decisions of campaigns: samples, how people decided, the daily review of the log, the calendar.
import { formatInstant } from '#shared/time/instant.ts';
import { calendarOf } from '../review/campaigns/calendar.ts';
import { campaignOf } from '../review/campaigns/campaign-state.ts';
import { iCalendarOf } from '../review/campaigns/icalendar.ts';
import { daysStanding } from '../review/campaigns/days-standing.ts';
import { decisionDaysOf } from '../review/campaigns/decision-days.ts';
import { indicatorsOf } from '../review/campaigns/indicators.ts';
import { campaignIdentities } from '../review/campaigns/reviewer-of-record.ts';
import {
  campaignSamples,
  drawCampaignSample,
  previewCampaignSample,
  testCampaignSample,
} from '../review/campaigns/sample.ts';
import { walkSteps } from '../review/campaigns/walk-steps.ts';
import { dayReviewOf, daysOnRecord, recordDay } from '../review/campaigns/sign-day.ts';
import { recordSignedCheckpoint } from '../review/checkpoints.ts';
import { openSigner } from '../review/open-signer.ts';
import type { Workstation } from '../workstation.ts';
import { zoneOf } from './activity-range.ts';
import { exportCalendarWork } from './export-calendar.ts';
import { assertNothingIsExported } from './exports.ts';
import { procedures } from './procedures.ts';

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the contract says what these are
export function campaignOversightProcedures(workstation: Workstation) {
  const { campaignOversight: oversight } = procedures;
  const { ledger, directory: workspace } = workstation;
  const record = (id: string) => campaignOf(ledger.state(), id);
  const calendar = (days: number) =>
    calendarOf(ledger.state().campaigns.byId.values(), workstation.clock.nowMs(), days);
  return {
    indicators: oversight.indicators.handler(async ({ input: { id } }) => {
      const found = record(id);
      const identities = campaignIdentities(ledger.state().independence.identities, found.definition);
      const daysOf = await walkSteps(decisionDaysOf(found, identities));
      const indicators = await walkSteps(indicatorsOf(found, identities));
      return indicators.map((one) => ({ ...one, days: daysOf(one.reviewer) }));
    }),
    samples: oversight.samples.handler(({ input: { id } }) => campaignSamples(record(id))),
    previewSample: oversight.previewSample.handler(({ input: { id, ...wish } }) =>
      previewCampaignSample({ ledger, workspace }, id, wish),
    ),
    drawSample: oversight.drawSample.handler(({ input: { id, purpose, as: _as, ...wish } }) =>
      drawCampaignSample({ ledger, workspace }, { campaign: id, purpose, wish }),
    ),
    testSample: oversight.testSample.handler(({ input: { id, as: _as, ...test } }) =>
      testCampaignSample({ ledger, workspace, cache: workstation.cache }, { campaign: id, ...test }),
    ),
    day: oversight.day.handler(({ input: { date, zone } }) =>
      dayReviewOf(dayScene(workstation), { date, zone: zone ?? zoneOf(workstation) }),
    ),
    days: oversight.days.handler(({ input: { from, to } }) => daysOnRecord(ledger.state(), from, to)),
    standing: oversight.standing.handler(({ input: { from, to, zone } }) => {
      const asked = { from, to, zone: zone ?? zoneOf(workstation) };
      return daysStanding(dayScene(workstation), asked, workstation.clock.nowMs());
    }),
    recordDay: oversight.recordDay.handler(({ input }) => recordSigned(workstation, input)),
    calendar: oversight.calendar.handler(({ input: { days } }) => calendar(days)),
    calendarFile: oversight.calendarFile.handler(({ input: { days } }) => ({
      name: 'countersign-reviews.ics',
      text: iCalendarOf(calendar(days).entries, formatInstant(workstation.clock.nowMs() * 1000)),
    })),
    exportCalendar: oversight.exportCalendar.handler(({ input: { days } }) => {
      assertNothingIsExported(workstation);
      return { jobId: workstation.jobs.start('export-table', exportCalendarWork(workstation, days)) };
    }),
  };
}

const dayScene = ({ cache, ledger }: Workstation) => ({ cache, ledger });

type DayInput = {
  readonly date: string;
  readonly zone?: string | undefined;
  readonly statement?: string | undefined;
  readonly passphrase?: string | undefined;
};

/** The key is opened first: a day that cannot be signed is not put on record. */
async function recordSigned(
  workstation: Workstation,
  { date, zone = zoneOf(workstation), ...input }: DayInput,
) {
  const signer = await openSigner(workstation, input.passphrase);
  const { statement } = input;
  await recordDay(dayScene(workstation), { date, zone, statement });
  await recordSignedCheckpoint(workstation.ledger, 'demand', signer);
  return dayReviewOf(dayScene(workstation), { date, zone });
}
