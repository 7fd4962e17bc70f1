// Commands of an auditor: open a pack for reading, look through it, write work papers, sample, sign.
import { basename, resolve } from 'node:path';
import { packSections, testResults, type WorkPaper } from '#shared/model/work-papers.ts';
import { auditOverviewOf } from '../../api/audit.ts';
import { judgeAgain, openPackHere } from '../../api/audit-pack.ts';
import { signWorkPapers } from '../../api/sign-work-papers.ts';
import { compareWithPack } from '../../evidence/collection/compare-with-pack.ts';
import { subjectOf, trustFrom, withFile } from './audit-arguments.ts';
import { judged, overviewOutcome, papersOutcome, sampleOutcome, sampleText } from './audit-outcomes.ts';
import { methodOf, sampleOptions } from './audit-sample-options.ts';
import {
  oneOf,
  required,
  text,
  UsageError,
  wholeNumber,
  type Command,
  type CommandContext,
  type OptionValues,
  type Outcome,
} from './command.ts';
import { printable, table } from './print.ts';

type Act = (context: CommandContext, rest: readonly string[]) => Promise<Outcome>;

/** The rest of the command line, which must be exactly what is named. */
function taking(names: readonly string[], rest: readonly string[]): readonly string[] {
  if (rest.length === names.length) return rest;
  throw new UsageError(`This takes ${names.length === 0 ? 'nothing more' : names.join(' and ')}.`);
}

const reference = (values: OptionValues) => {
  const given = text(values, 'reference');
  return given === undefined ? {} : { reference: given };
};

const optional = (values: OptionValues, name: string) => {
  const given = text(values, name);
  return given === undefined ? {} : { [name]: given };
};

const acts: Readonly<Record<string, Act>> = {
  show: async ({ call }, rest) => {
    taking([], rest);
    return overviewOutcome(await (await call()).audit.overview());
  },
  open: async ({ workstation, values, run }, rest) => {
    const [path = ''] = taking(['PACK.zip'], rest);
    const trust = trustFrom(values);
    const station = await workstation();
    await withFile(path, (pack) =>
      run(({ progress, signal }) =>
        openPackHere(
          station,
          { pack, name: basename(resolve(path)), trust },
          { signal, onProgress: (step, done, total) => progress(step, done, total, 'bytes') },
        ),
      ),
    );
    return judged(auditOverviewOf(station));
  },
  verify: async ({ workstation, values }, rest) => {
    taking([], rest);
    const station = await workstation();
    await judgeAgain(station, trustFrom(values));
    return judged(auditOverviewOf(station));
  },
  list: async ({ call, values }, rest) => {
    const section = oneOf(taking(['SECTION'], rest)[0], packSections, 'SECTION');
    const json = await (
      await call()
    ).audit.rows({
      section,
      ...optional(values, 'text'),
      ...optional(values, 'facet'),
      ...optional(values, 'key'),
      offset: wholeNumber(values, 'offset') ?? 0,
      limit: wholeNumber(values, 'limit', 1) ?? 200,
    });
    const rows = json.rows.map(({ key, cells }) =>
      Object.fromEntries([
        ['key', key],
        ...json.columns.map((column, index) => [column, cells[index] ?? null]),
      ]),
    );
    const counted = `${json.rows.length} of ${json.matching} that match, ${json.total} in the list`;
    return { json, text: `${table(rows, ['key', ...json.columns])}\n\n${counted}` };
  },
  facts: async ({ call }, rest) => {
    taking([], rest);
    const json = await (await call()).audit.facts();
    return { json, text: JSON.stringify(json, null, 2).split('\n').map(printable).join('\n') };
  },
  note: async ({ call, values }, rest) => {
    taking([], rest);
    const note = { about: subjectOf(values), text: required(values, 'text'), ...reference(values) };
    return papersOutcome([await (await call()).audit.addPaper(note)]);
  },
  clear: (context, rest) => changeStatus(context, rest, 'cleared'),
  reopen: (context, rest) => changeStatus(context, rest, 'open'),
  papers: async ({ call }, rest) => {
    taking([], rest);
    return papersOutcome(await (await call()).audit.papers());
  },
  sample: async ({ call, values }, rest) => {
    taking([], rest);
    const wish = {
      section: oneOf(text(values, 'section') ?? 'population', packSections, '--section'),
      method: methodOf(values),
      seed: text(values, 'seed') ?? null,
      size: wholeNumber(values, 'size', 1) ?? null,
    };
    const { audit } = await call();
    if (values['preview'] === true) return { json: await audit.previewSample(wish) };
    return sampleOutcome(
      await audit.drawSample({ ...wish, purpose: required(values, 'purpose'), ...reference(values) }),
    );
  },
  samples: async ({ call }, rest) => {
    taking([], rest);
    const json = await (await call()).audit.samples();
    return { json, text: json.length === 0 ? 'nothing' : json.map(sampleText).join('\n\n') };
  },
  redraw: async ({ call }, rest) => {
    const [sample = ''] = taking(['SAMPLE'], rest);
    const json = await (await call()).audit.redraw({ sample });
    return { json, text: json.commands };
  },
  test: async ({ call, values }, rest) => {
    const [sample = '', key = '', result] = taking(['SAMPLE', 'ITEM', 'RESULT'], rest);
    return sampleOutcome(
      await (
        await call()
      ).audit.testItem({
        sample,
        key,
        result: oneOf(result, testResults, 'RESULT'),
        note: text(values, 'text') ?? '',
      }),
    );
  },
  compare: async (_, rest) => {
    const [workPapers = '', pack = ''] = taking(['WORK-PAPERS.zip', 'PACK.zip'], rest);
    const json = await withFile(workPapers, (papers) =>
      withFile(pack, (given) => compareWithPack(papers, given)),
    );
    const isSame = json.isSamePack && json.samples.every(({ isSamePopulation }) => isSamePopulation);
    return { json, exitCode: isSame ? 0 : 1 };
  },
  sign: async ({ workstation, values, passphrase }, rest) => {
    taking([], rest);
    const out = text(values, 'out');
    const station = await workstation();
    const file = out === undefined ? null : resolve(out);
    return { json: await signWorkPapers(station, { passphrase: await passphrase(false), file }) };
  },
};

async function changeStatus(
  { call, values }: CommandContext,
  rest: readonly string[],
  status: WorkPaper['status'],
): Promise<Outcome> {
  const [paper = ''] = taking(['REFERENCE'], rest);
  const conclusion = required(values, 'text');
  return papersOutcome([await (await call()).audit.setPaperStatus({ paper, status, conclusion })]);
}

const audit: Command = {
  usage:
    'audit [show | open PACK.zip | verify | list SECTION | facts | note | clear REF | reopen REF | papers | sample | samples | redraw SAMPLE | test SAMPLE ITEM RESULT | sign | compare WORK-PAPERS.zip PACK.zip]',
  description: `work on somebody’s pack in a workspace of its own; SECTION is ${packSections.join(', ')}; RESULT is ${testResults.join(', ')}; open and verify: exit 0 trusted, 1 tampered or refused, 2 intact but signer unknown, 3 malformed; compare: exit 0 the same pack and populations, 1 not`,
  optionalPositionals: 4,
  options: {
    signers: { type: 'string', value: 'FILE', description: 'open, verify: list of allowed signers by hand' },
    revoked: { type: 'string', value: 'FILE', description: 'open, verify: list of revoked keys' },
    'tsa-ca': {
      type: 'string',
      value: 'FILE',
      description: 'open, verify: certificates of the time authority',
    },
    section: { type: 'string', value: 'S', description: 'note, sample: the list it is about' },
    key: { type: 'string', value: 'K', description: 'note, list: exactly this row' },
    number: { type: 'string', value: 'T', description: 'note: about a number, named in words' },
    sample: { type: 'string', value: 'REF', description: 'note: about a sample' },
    text: {
      type: 'string',
      value: 'T',
      description:
        'note: what it says; clear, reopen: the conclusion; test: what was found; list: rows that say it',
    },
    facet: {
      type: 'string',
      value: 'V',
      description: 'list: rows with this decision, disposition, kind or standing',
    },
    offset: { type: 'string', value: 'N', description: 'list: how many to pass over' },
    limit: { type: 'string', value: 'N', description: 'list: at most so many, 200 when not given' },
    reference: { type: 'string', value: 'REF', description: 'note, sample: a reference of your own' },
    ...sampleOptions,
    out: { type: 'string', value: 'FILE', description: 'sign: the file to write' },
  },
  run: async (context) => {
    const [name = 'show', ...rest] = context.positionals;
    const act = Object.hasOwn(acts, name) ? acts[name] : undefined;
    if (act === undefined) throw new UsageError(`audit knows: ${Object.keys(acts).join(', ')}.`);
    return act(context, rest);
  },
};

export const auditCommands: Readonly<Record<string, Command>> = { audit };
