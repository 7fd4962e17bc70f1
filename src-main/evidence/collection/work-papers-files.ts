// The data files of work papers: what each holds, made the same way by whoever writes them and whoever checks them.
import { auditSample, workPaper, type AuditSample, type WorkPaper } from '#shared/model/work-papers.ts';
import { redrawCommands, redrawScript } from '../../review/work-papers/redraw.ts';
import { formatCheckpoint } from '../checkpoint.ts';
import { formatJsonLines } from '../json-lines.ts';
import type { PackFiles } from '../pack-files.ts';
import type { LedgerLine } from '../pack-input.ts';
import { workPapersText, workPapersTextFile, type WorkPapersContent } from './work-papers-text.ts';

export const papersFile = 'data/work-papers.jsonl';
export const samplesFile = 'data/samples.jsonl';
export const auditLedgerFile = 'data/ledger.jsonl';
export const auditCheckpointFile = 'data/checkpoint.txt';

export const keysFile = ({ reference }: Pick<AuditSample, 'reference'>): string =>
  `data/samples/${reference}/keys.txt`;

const linesOf = (keys: readonly string[]): Buffer => Buffer.from(keys.map((key) => `${key}\n`).join(''));

export type WorkPapersData = WorkPapersContent & {
  /** The whole ledger of the auditor, up to the signing. */
  readonly ledger: readonly LedgerLine[];
  /** The keys of the population of each sample, by reference, in the order of the pack. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
};

function sampleFiles(sample: AuditSample, keys: readonly string[]): [string, Buffer][] {
  const folder = `data/samples/${sample.reference}`;
  return [
    [keysFile(sample), linesOf(keys)],
    [`${folder}/drawn.txt`, linesOf(sample.plan.drawn)],
    [`${folder}/redraw.sh`, Buffer.from(redrawScript(sample.plan))],
    [`${folder}/recipe.txt`, Buffer.from(redrawCommands(sample.section, sample.plan))],
  ];
}

/** Everything below data/ but the statement. */
export function workPapersFiles(data: WorkPapersData): PackFiles {
  const { papers, samples, ledger, keys } = data;
  return new Map([
    [papersFile, formatJsonLines(papers.map((paper: WorkPaper) => workPaper.parse(paper)))],
    [samplesFile, formatJsonLines(samples.map((sample) => auditSample.parse(sample)))],
    [auditLedgerFile, formatJsonLines(ledger.map(({ entry }) => entry))],
    [auditCheckpointFile, formatCheckpoint(ledger.map(({ hash }) => hash))],
    [workPapersTextFile, Buffer.from(workPapersText(data))],
    ...samples.flatMap((sample) => sampleFiles(sample, keys.get(sample.reference) ?? [])),
  ]);
}
