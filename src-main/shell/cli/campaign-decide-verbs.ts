// The verbs of a campaign that is open: list its items, decide, delegate, attest, close.
import { itemFlags, triState } from '#shared/model/campaign.ts';
import { itemStates, type ListedItem } from '#shared/model/campaign-view.ts';
import { decisionKinds } from '#shared/model/review.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { taking, type CampaignVerb, type CampaignVerbs } from './campaign-command.ts';
import { evidence } from './campaign-evidence-verb.ts';
import { statusOutcome } from './campaign-status-outcome.ts';
import { oneOf, required, text, UsageError, wholeNumber } from './command.ts';
import { table } from './print.ts';

const items: CampaignVerb = async ({ call, values }, rest) => {
  const [id = ''] = taking(['CAMPAIGN'], rest);
  const [flag, privileged, state] = [text(values, 'flag'), text(values, 'privileged'), text(values, 'state')];
  const json = await (
    await call()
  ).campaigns.items({
    id,
    limit: wholeNumber(values, 'limit', 1) ?? 100,
    ...optional('after', text(values, 'after')),
    ...optional('text', text(values, 'text')),
    ...optional('subject', text(values, 'subject')),
    ...optional('entitlement', text(values, 'entitlement')),
    ...optional('reviewer', text(values, 'reviewer')),
    ...optional('flag', flag === undefined ? undefined : oneOf(flag, itemFlags, '--flag')),
    ...optional(
      'privileged',
      privileged === undefined ? undefined : oneOf(privileged, triState.options, '--privileged'),
    ),
    ...optional('state', state === undefined ? undefined : oneOf(state, itemStates, '--state')),
  });
  const more = json.next === null ? '' : `\n\nMore: --after ${json.next}`;
  return { json, text: `${table(json.items.map(itemRow), itemColumns)}\n\n${json.matching} match.${more}` };
};

const optional = <Value>(name: string, value: Value | undefined) =>
  value === undefined ? {} : { [name]: value };

const itemColumns = [
  'key',
  'subject',
  'entitlement',
  'resource',
  'privileged',
  'flags',
  'state',
  'outcome',
  'for',
];
const itemRow = ({ flags, acting, ...item }: ListedItem) => ({
  ...item,
  flags: flags
    .filter(({ is }) => is === 'yes')
    .map(({ flag }) => flag)
    .join(' '),
  for: acting?.name ?? null,
});

function keysFrom(given: string): string[] {
  const keys = given.split(',').map((key) => key.trim());
  if (keys.every((key) => /^[0-9a-f]{32}$/.test(key))) return keys;
  throw new UsageError(
    'Items are given by their keys, 32 hex digits each, with a comma between two (campaign items lists them).',
  );
}

const decide: CampaignVerb = async ({ call, values }, rest) => {
  const [id = '', keys = '', decision] = taking(['CAMPAIGN', 'ITEM[,ITEM…]', 'DECISION'], rest);
  const stage = wholeNumber(values, 'stage', 1);
  const json = await (
    await call()
  ).campaigns.decide({
    id,
    items: keysFrom(keys).map((key) => ({ key })),
    decision: oneOf(decision, decisionKinds, 'A decision'),
    ...optional('reason', text(values, 'reason')),
    ...optional('stage', stage === undefined ? undefined : stage - 1),
  });
  return {
    json,
    text: table(
      json.map(({ item }) => itemRow(item)),
      itemColumns,
    ),
  };
};

const delegate: CampaignVerb = async (context, rest) => {
  const { call, values } = context;
  if (text(values, 'end') !== undefined) return endDelegation(context, rest);
  const [id = '', from = '', to = ''] = taking(['CAMPAIGN', 'FROM', 'TO'], rest);
  const moment = (name: string) => formatInstant(parseInstant(required(values, name)));
  return statusOutcome(
    await (
      await call()
    ).campaigns.delegate({
      id,
      from,
      to,
      validFrom: moment('from'),
      validTo: moment('to'),
      reason: required(values, 'reason'),
    }),
  );
};

const endDelegation: CampaignVerb = async ({ call, values }, rest) => {
  const [id = ''] = taking(['CAMPAIGN'], rest);
  return statusOutcome(
    await (
      await call()
    ).campaigns.endDelegation({
      id,
      entry: required(values, 'end'),
      reason: required(values, 'reason'),
    }),
  );
};

const attest: CampaignVerb = async ({ call, values }, rest) => {
  const [id = '', role] = taking(['CAMPAIGN', 'owner|approver'], rest);
  return statusOutcome(
    await (
      await call()
    ).campaigns.attest({
      id,
      role: oneOf(role, ['owner', 'approver'], 'A role'),
      statement: required(values, 'statement'),
    }),
  );
};

const close: CampaignVerb = async ({ call, values }, rest) => {
  const [id = ''] = taking(['CAMPAIGN'], rest);
  return statusOutcome(
    await (await call()).campaigns.close({ id, ...optional('reason', text(values, 'reason')) }),
  );
};

export const decideVerbs: CampaignVerbs = {
  verbs: { items, evidence, decide, delegate, attest, close },
  usages: [
    'items CAMPAIGN [--state S] [--flag F] [--privileged yes|no|unknown] [--reviewer R] [--text T] [--after KEY] [--limit N]',
    'evidence CAMPAIGN ITEM',
    'decide CAMPAIGN ITEM[,ITEM…] certify|revoke|modify|abstain|escalate [--reason T] [--stage N]',
    'delegate CAMPAIGN FROM TO --from ISO --to ISO --reason T',
    'delegate CAMPAIGN --end ENTRY --reason T',
    'attest CAMPAIGN owner|approver --statement T',
    'close CAMPAIGN [--reason T]',
  ],
  options: {
    state: { type: 'string', value: 'S', description: `only items in this state: ${itemStates.join(', ')}` },
    flag: {
      type: 'string',
      value: 'F',
      description: `only items this rule came to yes for: ${itemFlags.join(', ')}`,
    },
    privileged: {
      type: 'string',
      value: 'P',
      description: 'only items of which this is known: yes, no, unknown',
    },
    reviewer: { type: 'string', value: 'R', description: 'only items this person may decide now' },
    subject: { type: 'string', value: 'ID', description: 'only items of this subject' },
    entitlement: { type: 'string', value: 'E', description: 'only items of this entitlement' },
    text: { type: 'string', value: 'T', description: 'only items that hold this text' },
    after: { type: 'string', value: 'KEY', description: 'the page after this item' },
    limit: { type: 'string', value: 'N', description: 'items a page, 100 without it' },
    reason: { type: 'string', value: 'T', description: 'why, in a sentence' },
    stage: {
      type: 'string',
      value: 'N',
      description: 'the stage meant, from 1; without it the one you review',
    },
    statement: { type: 'string', value: 'T', description: 'what you stand for, in a sentence' },
    from: { type: 'string', value: 'ISO', description: 'from this moment on' },
    to: { type: 'string', value: 'ISO', description: 'up to, without, this moment' },
    end: {
      type: 'string',
      value: 'ENTRY',
      description: 'the delegation to end now, by its entry in campaign status',
    },
  },
};
