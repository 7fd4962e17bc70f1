// Verbs of the campaign command beside the decisions: samples, how people decided, the daily review of the log, the calendar.
import { writeFile } from 'node:fs/promises';
import { sampleResults, type CampaignSample } from '#shared/model/campaign-sample.ts';
import type { DayReview } from '#shared/model/daily-review.ts';
import { Problem } from '#shared/model/problem.ts';
import { methodOf, sampleOptions } from './audit-sample-options.ts';
import { taking, type CampaignVerb, type CampaignVerbs } from './campaign-command.ts';
import { oneOf, required, text, wholeNumber, type Outcome } from './command.ts';
import { fileToWrite, replaceOption } from './file-to-write.ts';
import { facts, printable, table } from './print.ts';

const sample: CampaignVerb = async ({ call, values }, rest) => {
  const [id = ''] = taking(['CAMPAIGN'], rest);
  const seed = text(values, 'seed') ?? null;
  const wish = { id, method: methodOf(values), seed, size: wholeNumber(values, 'size', 1) ?? null };
  const { campaignOversight: oversight } = await call();
  if (values['preview'] === true) {
    const json = await oversight.previewSample(wish);
    return { json, text: `${json.derivation}\n\n${json.recipe.split('\n').map(printable).join('\n')}` };
  }
  return sampleOutcome(await oversight.drawSample({ ...wish, purpose: required(values, 'purpose') }));
};

const samples: CampaignVerb = async ({ call }, rest) => {
  const [id = ''] = taking(['CAMPAIGN'], rest);
  const json = await (await call()).campaignOversight.samples({ id });
  return { json, text: json.map((one) => sampleOutcome(one).text).join('\n\n') || 'No sample was drawn.' };
};

const sampleTest: CampaignVerb = async ({ call, values }, rest) => {
  const [id = '', drawn = '', item = '', result] = taking(['CAMPAIGN', 'SAMPLE', 'ITEM', 'RESULT'], rest);
  return sampleOutcome(
    await (
      await call()
    ).campaignOversight.testSample({
      id,
      sample: drawn,
      item,
      result: oneOf(result, sampleResults, 'A result'),
      note: text(values, 'note') ?? '',
    }),
  );
};

function sampleOutcome(json: CampaignSample): Outcome & { readonly text: string } {
  const { id, purpose, derivation, recipe, items, conclusion } = json;
  const parts = [
    facts({ id, purpose, drawn: items.length }),
    derivation,
    recipe.split('\n').map(printable).join('\n'),
    table(items, ['key', 'result', 'note', 'by']),
    conclusion,
  ];
  return { json, text: parts.join('\n\n') };
}

const indicators: CampaignVerb = async ({ call }, rest) => {
  const [id = ''] = taking(['CAMPAIGN'], rest);
  const json = await (await call()).campaignOversight.indicators({ id });
  const lines = json.map(({ name, sentences }) => printable(`${name}: ${sentences.join(' ')}`));
  return { json, text: lines.join('\n') || 'Nobody decided anything yet.' };
};

const daily: CampaignVerb = async ({ call, values, passphrase }, rest) => {
  const [date] = taking(['[DATE]'], rest);
  const { campaignOversight: oversight } = await call();
  if (date === undefined) {
    const json = await oversight.days({});
    return { json, text: table(json, ['date', 'zone', 'statement', 'byName', 'at', 'isSigned']) };
  }
  const zone = text(values, 'zone');
  if (values['record'] !== true) return dayOutcome(await oversight.day({ date, zone }));
  const secret = await passphrase(false);
  const statement = text(values, 'statement');
  return dayOutcome(await oversight.recordDay({ date, zone, statement, passphrase: secret }));
};

function dayOutcome(json: DayReview): Outcome {
  const { date, zone, from, to, events, findings, openFindings, gaps, obstacles, recorded, watermark } = json;
  const parts = [
    facts({
      date,
      zone,
      from,
      to,
      events,
      findings,
      openFindings,
      reviewedThrough: watermark?.through ?? null,
    }),
    gaps.length === 0 ? null : table(gaps, ['from', 'to', 'why', 'blocks']),
    obstacles.map((obstacle) => printable(`! ${obstacle}`)).join('\n'),
    recorded.length === 0 ? null : table(recorded, ['at', 'byName', 'statement', 'isSigned', 'stillHolds']),
  ];
  return { json, text: parts.filter(Boolean).join('\n\n'), exitCode: obstacles.length === 0 ? 0 : 1 };
}

const calendar: CampaignVerb = async ({ call, values }, rest) => {
  taking([], rest);
  const { campaignOversight: oversight } = await call();
  const days = wholeNumber(values, 'days') ?? 90;
  const wanted = text(values, 'file');
  if (wanted !== undefined) {
    const file = fileToWrite(wanted, values);
    await writeFile(file, (await oversight.calendarFile({ days })).text).catch((cause: unknown) => {
      throw new Problem('file-unreadable', 'The calendar could not be written.', {
        next: 'Check that the folder exists and can be written to.',
        cause,
      });
    });
    return { json: { file: wanted }, text: printable(`Written to ${wanted}.`) };
  }
  const json = await oversight.calendar({ days });
  const rows = table(json.entries, ['date', 'zone', 'standing', 'overdueDays', 'title', 'detail']);
  const notices = json.notices.map(({ sentence }) => printable(`! ${sentence}`));
  return { json, text: [rows, ...notices].join('\n') };
};

/** The reason is one every verb takes. */
const { reason: _reason, ...drawingOptions } = sampleOptions;

export const oversightVerbs: CampaignVerbs = {
  verbs: { sample, samples, 'sample-test': sampleTest, indicators, daily, calendar },
  usages: [
    'sample CAMPAIGN --purpose T (--frequency F | --confidence C --tolerable R [--expected N] [--model M]) [--seed S] [--size N] [--reason T] [--preview]',
    'samples CAMPAIGN',
    'sample-test CAMPAIGN SAMPLE ITEM pass|deviation|not-testable [--note T]',
    'indicators CAMPAIGN',
    'daily [DATE] [--zone Z] [--record] [--statement T]',
    'calendar [--days N] [--file FILE.ics [--replace]]',
  ],
  options: {
    ...drawingOptions,
    note: {
      type: 'string',
      value: 'T',
      description: 'close-conflict, remediation, sample-test: what came of it',
    },
    zone: {
      type: 'string',
      value: 'Z',
      description: 'daily: an IANA zone; without it that of the workspace',
    },
    record: {
      type: 'boolean',
      description: 'daily: put the day on record and sign; ends with 1 where that cannot be',
    },
    replace: replaceOption,
    days: { type: 'string', value: 'N', description: 'calendar: so many days ahead, 90 without it' },
    file: { type: 'string', value: 'FILE', description: 'calendar: write it as an iCalendar file' },
  },
};
