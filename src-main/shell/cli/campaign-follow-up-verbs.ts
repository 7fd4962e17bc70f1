// Verbs of the campaign command for what follows the decisions: difference, remediation, re-check.
import { basename, resolve } from 'node:path';
import { remediationStates } from '#shared/model/campaign.ts';
import {
  differenceKinds,
  personalStates,
  type NamedRemediation,
  type RecheckResult,
} from '#shared/model/campaign-follow-up.ts';
import { recheckWork } from '../../api/campaign-remediation.ts';
import { keepCsv } from '../../api/campaigns.ts';
import { taking, type CampaignVerb, type CampaignVerbs } from './campaign-command.ts';
import { oneOf, text, wholeNumber, type OptionValues } from './command.ts';
import { facts, printable, table } from './print.ts';

const given = <Value>(name: string, value: Value | undefined) =>
  value === undefined ? {} : { [name]: value };

const difference: CampaignVerb = async ({ call, values }, rest) => {
  const [id = ''] = taking(['CAMPAIGN'], rest);
  const kind = text(values, 'kind');
  const json = await (
    await call()
  ).campaignFollowUp.difference({
    id,
    limit: wholeNumber(values, 'limit', 1) ?? 100,
    ...given('against', text(values, 'against')),
    ...given('kind', kind === undefined ? undefined : oneOf(kind, differenceKinds, '--kind')),
    ...given('after', text(values, 'after')),
  });
  const rows = json.rows.map(({ kind: is, item }) => ({ is, ...item }));
  const more = json.nextAfter === null ? '' : `\n\nMore: --after ${json.nextAfter}`;
  return {
    json,
    text: `${facts(json.counts)}\n\n${table(rows, ['is', 'key', 'subject', 'entitlement', 'resource'])}${more}`,
  };
};

const columns = [
  'item',
  'subject',
  'entitlement',
  'resource',
  'outcome',
  'state',
  'owner',
  'dueOn',
  'ticket',
  'isOverdue',
];

const mostAtOnce = 1000;

const remediation: CampaignVerb = async ({ call, values }, rest) => {
  const [id = '', keys] = taking(['CAMPAIGN', '[ITEM[,ITEM…]]'], rest);
  const { campaignFollowUp } = await call();
  if (keys === undefined) return remediationTable(campaignFollowUp, id, values);
  const items = keys.split(',');
  const change = changeFrom(values);
  if (Object.keys(change).length > 0) await campaignFollowUp.changeRemediation({ id, items, ...change });
  const { rows: _rows, ...all } = await campaignFollowUp.remediation({ id, limit: 1 });
  const rows: NamedRemediation[] = [];
  for (const item of new Set(items)) rows.push((await campaignFollowUp.remediationOf({ id, item })).row);
  return {
    json: { ...all, rows, matching: rows.length, nextAfter: null },
    text: [table(rows, columns), ...rows.map(instructionText)].join('\n\n'),
  };
};

/** Without `--limit` every page of it. */
async function remediationTable(
  followUp: Awaited<ReturnType<Parameters<CampaignVerb>[0]['call']>>['campaignFollowUp'],
  id: string,
  values: OptionValues,
): ReturnType<CampaignVerb> {
  const limit = wholeNumber(values, 'limit', 1);
  const state = text(values, 'state');
  const asked = {
    id,
    limit: limit ?? mostAtOnce,
    ...given('state', state === undefined ? undefined : oneOf(state, remediationStates, '--state')),
    ...given('owner', text(values, 'owner')),
  };
  const json = await followUp.remediation({ ...asked, ...given('after', text(values, 'after')) });
  if (limit !== undefined) {
    const more = json.nextAfter === null ? '' : `\n\nMore: --after ${json.nextAfter}`;
    return { json, text: `${table(json.rows, columns)}${more}` };
  }
  while (json.nextAfter !== null) {
    const next = await followUp.remediation({ ...asked, after: json.nextAfter });
    json.rows.push(...next.rows);
    json.nextAfter = next.nextAfter;
  }
  return { json, text: table(json.rows, columns) };
}

/** Lines of SQL stay lines; nothing in them may steer the terminal. */
const instructionText = ({ item, instruction }: NamedRemediation): string =>
  [`Instruction for ${item} (printed, never carried out):`, ...instruction.split('\n').map(printable)].join(
    '\n',
  );

function changeFrom(values: OptionValues) {
  const state = text(values, 'state');
  return {
    ...given('state', state === undefined ? undefined : oneOf(state, personalStates, '--state')),
    ...given('owner', text(values, 'owner')),
    ...given('dueOn', text(values, 'due')),
    ...given('ticket', text(values, 'ticket')),
    ...given('instruction', text(values, 'instruction')),
    ...given('note', text(values, 'note')),
  };
}

const recheck: CampaignVerb = async ({ workstation, run, values }, rest) => {
  const [campaign = ''] = taking(['CAMPAIGN'], rest);
  const station = await workstation();
  const csv = text(values, 'csv');
  const kept = csv === undefined ? undefined : await keepCsv(station, resolve(csv), basename(csv));
  const file = kept && { name: kept.name, sha256: kept.sha256 };
  const json = await run(recheckWork(station, { campaign, file, from: text(values, 'since') }));
  const isAllGone = json.results.every(({ state }) => state === 'verified-removed');
  return { json, text: recheckText(json.results), exitCode: isAllGone ? 0 : 1 };
};

type Rechecked = Pick<RecheckResult, 'item' | 'subject' | 'entitlement' | 'state' | 'because'>;

/** The reasons stand below in full: a column would cut them off, and an unknown without its reason tells nothing. */
export function recheckText(results: readonly Rechecked[]): string {
  const numbers = new Map<string, number>();
  const rows = results.map(({ because, state, ...right }) => {
    if (!numbers.has(because)) numbers.set(because, numbers.size + 1);
    return { ...right, state: state ?? 'unknown', reason: numbers.get(because)! };
  });
  const reasons = [...numbers].map(([because, number]) => `${number}  ${printable(because)}`);
  return `${table(rows, ['item', 'subject', 'entitlement', 'state', 'reason'])}\n\n${reasons.join('\n')}`;
}

export const followUpVerbs: CampaignVerbs = {
  verbs: { difference, remediation, recheck },
  usages: [
    'difference CAMPAIGN [--against CAMPAIGN] [--kind new|removed|unchanged] [--after KEY] [--limit N]',
    'remediation CAMPAIGN [--state S] [--owner P] [--after KEY] [--limit N]',
    'remediation CAMPAIGN ITEM[,ITEM…] [--state open|ticketed|done-unverified] [--owner P] [--due DATE] [--ticket T] [--note T]',
    'recheck CAMPAIGN [--csv FILE] [--since DATE]   (1 where a right is not verified as removed)',
  ],
  options: {
    against: { type: 'string', value: 'C', description: 'difference: the campaign to compare with' },
    kind: {
      type: 'string',
      value: 'K',
      description: 'difference: only these; without it new and removed ones',
    },
    owner: {
      type: 'string',
      value: 'P',
      description: 'remediation: who takes care of it; without ITEM only theirs',
    },
    due: { type: 'string', value: 'DATE', description: 'remediation: until when, YYYY-MM-DD' },
    ticket: { type: 'string', value: 'T', description: 'remediation: the reference of a ticket' },
    instruction: {
      type: 'string',
      value: 'T',
      description: 'remediation: another instruction for the administrator',
    },
    since: {
      type: 'string',
      value: 'DATE',
      description: 'recheck: the first day of the activity that is looked at',
    },
  },
};
