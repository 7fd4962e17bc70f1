// Verbs of the campaign command for the review itself: define, open, list, decide, attest, close.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { campaignDefinition, itemFlags, triState } from '#shared/model/campaign.ts';
import { itemStates, type CampaignStatus, type ListedItem } from '#shared/model/campaign-view.ts';
import { decisionKinds } from '#shared/model/review.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { keepCsv, openingWork } from '../../api/campaigns.ts';
import { taking, type CampaignVerb, type CampaignVerbs } from './campaign-command.ts';
import { evidence } from './campaign-evidence-verb.ts';
import { oneOf, required, text, wholeNumber, type CommandContext, type Outcome } from './command.ts';
import { facts, printable, table } from './print.ts';

/** A definition as JSON; with --csv the scope's name and hash are those of that file, which is kept. */
async function readDefinition({ values, workstation }: CommandContext, path: string) {
  const given = await readJson(path);
  const csv = text(values, 'csv');
  const scope = csv === undefined ? {} : await csvScope(await workstation(), csv, given);
  const found = campaignDefinition.safeParse({ ...given, ...scope });
  if (found.success) return found.data;
  const faults = found.error.issues.map(({ path: place, message }) => `“${place.join('.')}”: ${message}`);
  throw new Problem('invalid-input', `The definition cannot be used as it is: ${faults.join('; ')}.`, {
    next: 'See docs/campaigns.md for what a definition holds.',
  });
}

async function csvScope(station: Parameters<typeof keepCsv>[0], csv: string, given: Record<string, unknown>) {
  const { name, sha256 } = await keepCsv(station, csv, basename(csv)).catch((cause: unknown) => {
    throw unreadable(cause);
  });
  const scope = given['scope'];
  return { scope: { ...(typeof scope === 'object' ? scope : {}), from: 'file', name, sha256 } };
}

async function readJson(path: string): Promise<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch (cause) {
    throw unreadable(cause);
  }
  throw unreadable(null);
}

function unreadable(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  return new Problem('file-unreadable', 'The file cannot be read, or is not JSON. Nothing was recorded.', {
    next: 'Check the path.',
    cause,
  });
}

const define: CampaignVerb = async (context, rest) => {
  const [path = ''] = taking(['FILE.json'], rest);
  const definition = await readDefinition(context, path);
  const json = await (await context.call()).campaigns.check({ definition });
  const faults = json.faults.map((fault) => `! ${fault}`);
  return { json, text: [...json.scopeInWords, ...faults].join('\n'), exitCode: faults.length === 0 ? 0 : 1 };
};

const create: CampaignVerb = async (context, rest) => {
  const [path = '', id] = taking(['FILE.json', '[CAMPAIGN]'], rest);
  const definition = await readDefinition(context, path);
  return statusOutcome(
    await (await context.call()).campaigns.define({ definition, ...(id === undefined ? {} : { id }) }),
  );
};

const ulid = /^[0-9A-HJKMNP-TV-Z]{26}$/;

const entitlements: CampaignVerb = async (context, rest) => {
  const [of = ''] = taking(['CAMPAIGN|FILE.json'], rest);
  const client = await context.call();
  const definition = ulid.test(of)
    ? (await client.campaigns.get({ id: of })).definition
    : await readDefinition(context, of);
  const { scope, period, zone, meanings } = definition;
  const { distinct, entitlements: found } = await client.campaigns.entitlements({ scope, period, zone });
  const lines = found.map((line) => ({ ...line, meaning: meanings[line.entitlement] ?? null }));
  const missing = lines.filter(({ meaning }) => !meaning?.trim()).length;
  const more = distinct > found.length ? ` Listed are ${found.length} of ${distinct}.` : '';
  return {
    json: { distinct, missing, entitlements: lines },
    text: `${table(lines, ['entitlement', 'rows', 'subjects', 'meaning'])}\n\n${missing} without a meaning.${more}`,
    exitCode: missing === 0 ? 0 : 1,
  };
};

const open: CampaignVerb = async ({ workstation, run, values }, rest) => {
  const [id = ''] = taking(['CAMPAIGN'], rest);
  const station = await workstation();
  const wish = text(values, 'previous');
  const previous = wish === 'none' ? null : wish;
  return statusOutcome(
    await run(
      openingWork(station, { campaign: id, previous, withoutMeanings: text(values, 'without-meanings') }),
    ),
  );
};

const status: CampaignVerb = async ({ call }, rest) => {
  const [id] = taking(['[CAMPAIGN]'], rest);
  const client = await call();
  if (id !== undefined) return statusOutcome(await client.campaigns.get({ id }));
  const list = await client.campaigns.list();
  const lines = list.map(({ counts, ...one }) => ({ ...one, items: counts.items, open: counts.open }));
  return { json: list, text: table(lines, ['id', 'name', 'state', 'dueOn', 'isOverdue', 'items', 'open']) };
};

function statusOutcome(json: CampaignStatus): Outcome {
  const { ipe, counts, scopeInWords } = json;
  const parts = [
    facts({ id: json.id, name: json.name, state: json.state, dueOn: json.dueOn, overdue: json.isOverdue }),
    scopeInWords.map(printable).join('\n'),
    ipe &&
      `${ipe.items} items from ${ipe.rows} rows, counted apart: ${ipe.countedRows}. SHA-256 ${ipe.sha256}`,
    ipe &&
      ipe.excluded
        .map(({ what, reason, rows }) => printable(`Left out: ${rows} rows: ${what}. ${reason}`))
        .join('\n'),
    ipe?.reservations?.map((sentence) => `! ${sentence}`).join('\n'),
    json.opening && table(json.opening.flags, ['flag', 'yes', 'unknown']),
    json.opening?.withoutMeanings &&
      printable(
        `! ${json.opening.withoutMeaning} items are about entitlements without a meaning in plain words. Reason: ${json.opening.withoutMeanings.reason}`,
      ),
    json.state === 'draft' ? null : facts(counts),
    json.attestations.length === 0 ? null : table(json.attestations, ['role', 'byName', 'at', 'stillHolds']),
  ];
  return { json, text: parts.filter(Boolean).join('\n\n') };
}

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

const decide: CampaignVerb = async ({ call, values }, rest) => {
  const [id = '', keys = '', decision] = taking(['CAMPAIGN', 'ITEM[,ITEM…]', 'DECISION'], rest);
  const stage = wholeNumber(values, 'stage', 1);
  const json = await (
    await call()
  ).campaigns.decide({
    id,
    items: keys.split(',').map((key) => ({ key })),
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

const delegate: CampaignVerb = async ({ call, values }, rest) => {
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

export const reviewVerbs: CampaignVerbs = {
  verbs: { define, create, entitlements, open, status, items, evidence, decide, delegate, attest, close },
  usages: [
    'define FILE.json [--csv FILE]',
    'create FILE.json [CAMPAIGN] [--csv FILE]',
    'entitlements CAMPAIGN|FILE.json [--csv FILE]',
    'open CAMPAIGN [--previous CAMPAIGN|none] [--without-meanings T]',
    'status [CAMPAIGN]',
    'items CAMPAIGN [--state S] [--flag F] [--privileged yes|no|unknown] [--reviewer R] [--text T] [--after KEY] [--limit N]',
    'evidence CAMPAIGN ITEM',
    'decide CAMPAIGN ITEM[,ITEM…] certify|revoke|modify|abstain|escalate [--reason T] [--stage N]',
    'delegate CAMPAIGN FROM TO --from ISO --to ISO --reason T',
    'attest CAMPAIGN owner|approver --statement T',
    'close CAMPAIGN [--reason T]',
  ],
  options: {
    csv: { type: 'string', value: 'FILE', description: 'the CSV file of a scope from a file; it is kept' },
    previous: {
      type: 'string',
      value: 'C',
      description: 'the campaign to compare with; without it the newest of the same source',
    },
    'without-meanings': {
      type: 'string',
      value: 'T',
      description: 'why a campaign opens although entitlements have no meaning in plain words',
    },
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
  },
};
