// Verbs of the campaign command for files that travel between workspaces, and for what people decided differently.
import { basename, resolve } from 'node:path';
import { acceptedKey, type CampaignConflict, type ImportReport } from '#shared/model/campaign-files.ts';
import {
  acceptFile,
  assignWork,
  exportDecisionsWork,
  importFile,
  type FileFromElsewhere,
} from '../../api/campaign-assignments.ts';
import { trustFrom } from './audit-arguments.ts';
import { taking, type CampaignVerb, type CampaignVerbs } from './campaign-command.ts';
import { required, text, UsageError, wholeNumber, type OptionValues, type Outcome } from './command.ts';
import { fileToWrite, replaceOption } from './file-to-write.ts';
import { facts, printable, table } from './print.ts';

const stageFrom = (values: OptionValues): number => (wholeNumber(values, 'stage', 1) ?? 1) - 1;

/** People count stages from 1, as `--stage` does. */
export const withStage = <Row extends { readonly stage: number | null }>(row: Row): Row => ({
  ...row,
  stage: row.stage === null ? null : row.stage + 1,
});

function outFrom(values: OptionValues): string | null {
  const out = text(values, 'out');
  return out === undefined ? null : fileToWrite(out, values);
}

function fileFrom(path: string, values: OptionValues): FileFromElsewhere {
  const file = { path, name: basename(resolve(path)), trust: trustFrom(values) };
  const fingerprint = text(values, 'accept-key');
  if (fingerprint === undefined) return file;
  if (!/^SHA256:[A-Za-z0-9+/]{43}$/.test(fingerprint))
    throw new UsageError('--accept-key takes a fingerprint: SHA256: and 43 characters.');
  const accept = acceptedKey.safeParse({ fingerprint, reason: required(values, 'reason') });
  if (!accept.success)
    throw new UsageError('--reason says how the key was compared, in 1 to 1,000 characters.');
  return { ...file, accept: accept.data };
}

const assign: CampaignVerb = async ({ workstation, values, passphrase, run }, rest) => {
  const [campaign = '', to = ''] = taking(['CAMPAIGN', 'PERSON'], rest);
  const station = await workstation();
  const request = { campaign, to, stage: stageFrom(values), file: outFrom(values) };
  const json = await run(assignWork(station, { ...request, passphrase: await passphrase(false) }));
  return { json, text: facts(withStage(json)) };
};

const accept: CampaignVerb = async ({ workstation, values, run }, rest) => {
  const [path = ''] = taking(['FILE.zip'], rest);
  const [station, file] = [await workstation(), fileFrom(path, values)];
  const json = await run((context) => acceptFile(station, file, context));
  return { json, text: facts(withStage(json)) };
};

const exportVerb: CampaignVerb = async ({ workstation, values, passphrase, run }, rest) => {
  const [campaign = ''] = taking(['CAMPAIGN'], rest);
  const station = await workstation();
  const request = { campaign, file: outFrom(values), passphrase: await passphrase(false) };
  return { json: await run(exportDecisionsWork(station, request)) };
};

const importVerb: CampaignVerb = async ({ workstation, values, run }, rest) => {
  const [path = ''] = taking(['FILE.zip'], rest);
  const [station, file] = [await workstation(), fileFrom(path, values)];
  return importOutcome(await run((context) => importFile(station, file, context)));
};

function importOutcome(json: ImportReport): Outcome {
  const { refused, remarks, alsoKnownAs, reviewer, signer, ...numbers } = json;
  const names = alsoKnownAs.length === 0 ? {} : { alsoKnownAs: alsoKnownAs.join(', ') };
  const counts = { ...numbers, refused: refused.length, remarks: remarks.length };
  const head = { reviewer: reviewer.name, key: signer.fingerprint, ...counts, ...names };
  const lines = refused.map(({ subject, entitlement, kind, why }) =>
    printable(`Not taken over: ${kind} of “${entitlement}” of “${subject}”. ${why}`),
  );
  const asked = remarks.map(({ subject, entitlement, kind, why }) =>
    printable(`Taken over, but: ${kind} of “${entitlement}” of “${subject}”. ${why}`),
  );
  const exitCode = refused.length === 0 ? 0 : 1;
  return { json, text: [facts(head), ...lines, ...asked].join('\n'), exitCode };
}

const files: CampaignVerb = async ({ call }, rest) => {
  const [id = ''] = taking(['CAMPAIGN'], rest);
  const json = await (await call()).campaignFiles.list({ id });
  const columns = ['kind', 'at', 'person', 'stage', 'count', 'refused', 'fileName'];
  return { json, text: table(json.map(withStage), columns) };
};

/** Both sides; nothing stands before somebody says so. */
export function conflictRows({ item, stage, subject, entitlement, opinions, closing }: CampaignConflict) {
  return opinions.map(({ decision, kind, reviewerName: by, decidedAt, stands }) => {
    const standing = !stands ? null : closing === null ? 'the policy would take this one' : 'stands';
    const [closed, about] = [closing?.note ?? null, { item, stage: stage + 1, subject, entitlement }];
    return { ...about, decision, kind, by, decidedAt, standing, closed };
  });
}

const conflicts: CampaignVerb = async ({ call }, rest) => {
  const [id = ''] = taking(['CAMPAIGN'], rest);
  const json = await (await call()).campaignFiles.conflicts({ id });
  const rows = json.flatMap(conflictRows);
  const columns = [
    'item',
    'stage',
    'subject',
    'entitlement',
    'decision',
    'kind',
    'by',
    'decidedAt',
    'standing',
    'closed',
  ];
  const open = json.filter(({ closing }) => closing === null).length;
  return { json, text: `${open} open, ${json.length - open} closed\n\n${table(rows, columns)}` };
};

const closeConflict: CampaignVerb = async ({ call, values }, rest) => {
  const [id = '', item = ''] = taking(['CAMPAIGN', 'ITEM'], rest);
  const stands = required(values, 'stands');
  const json = await (
    await call()
  ).campaignFiles.closeConflict({
    id,
    item,
    stage: stageFrom(values),
    note: required(values, 'note'),
    stands,
  });
  return { json, text: 'Closed. Every decision stays on record; the one chosen stands.' };
};

export const fileVerbs: CampaignVerbs = {
  verbs: {
    assign,
    accept,
    'export-decisions': exportVerb,
    'import-decisions': importVerb,
    files,
    conflicts,
    'close-conflict': closeConflict,
  },
  usages: [
    'assign CAMPAIGN PERSON [--stage N] [--out FILE.zip [--replace]]',
    'accept FILE.zip [--signers FILE] [--accept-key SHA256:… --reason T]',
    'export-decisions CAMPAIGN [--out FILE.zip [--replace]]',
    'import-decisions FILE.zip [--signers FILE] [--accept-key SHA256:… --reason T]   (1 where a decision is not taken over)',
    'files CAMPAIGN',
    'conflicts CAMPAIGN',
    'close-conflict CAMPAIGN ITEM --stands DECISION --note T [--stage N]',
  ],
  options: {
    out: {
      type: 'string',
      value: 'FILE',
      description: 'the file to write; without it one among the exports of the workspace',
    },
    replace: replaceOption,
    signers: {
      type: 'string',
      value: 'FILE',
      description: 'accept, import-decisions: list of allowed signers by hand',
    },
    revoked: { type: 'string', value: 'FILE', description: 'accept, import-decisions: list of revoked keys' },
    'accept-key': {
      type: 'string',
      value: 'KEY',
      description:
        'accept, import-decisions: the fingerprint the signer told you by another way, where nobody vouches for it',
    },
    note: { type: 'string', value: 'T', description: 'close-conflict, remediation: what came of it' },
    stands: {
      type: 'string',
      value: 'ID',
      description: 'close-conflict: the decision that stands, as “conflicts” lists them',
    },
  },
};
