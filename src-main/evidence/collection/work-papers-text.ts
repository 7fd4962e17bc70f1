// Work papers as a text people read: a view that follows from the data beside it, byte for byte.
import { assertNever } from '#shared/model/problem.ts';
import type { AuditSample, WorkPaper, WorkPaperSubject } from '#shared/model/work-papers.ts';
import type { WorkPapersStatement } from './work-papers-statement.ts';

export const workPapersTextFile = 'data/work-papers.txt';

export type WorkPapersContent = {
  readonly statement: Pick<WorkPapersStatement['predicate'], 'auditor' | 'pack' | 'generatedAt'> & {
    readonly packSha256: string;
  };
  readonly papers: readonly WorkPaper[];
  readonly samples: readonly AuditSample[];
};

const steering = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** What people or a database wrote must not pose as a line of ours, nor turn the direction of the text. */
const quoted = (text: string): string =>
  text
    .replaceAll(steering, (character) => (character === '\n' ? '\n' : '�'))
    .split('\n')
    .map((line) => `    | ${line}`)
    .join('\n');

/** The same within a line. */
const named = (text: string): string => `"${text.replaceAll(steering, '�').replaceAll(/["\\]/g, '\\$&')}"`;

export function subjectWords(about: WorkPaperSubject): string {
  switch (about.kind) {
    case 'pack':
      return 'the pack as a whole';
    case 'item':
      return `${about.section} ${named(about.key)}`;
    case 'number':
      return `the number ${named(about.name)}`;
    case 'sample':
      return `sample ${about.reference}`;
    default:
      return assertNever(about);
  }
}

function paperText(paper: WorkPaper): string[] {
  return [
    `${paper.reference}  ${paper.status}  about ${subjectWords(paper.about)}`,
    `  ${paper.at}  ${named(paper.byName)}`,
    quoted(paper.text),
    ...paper.changes.flatMap(({ at, byName, status, conclusion }) => [
      `  ${at}  ${named(byName)}  ${status}`,
      quoted(conclusion),
    ]),
    '',
  ];
}

function sampleText(sample: AuditSample): string[] {
  const { plan } = sample;
  return [
    `${sample.reference}  of ${sample.section}  ${sample.at}  ${named(sample.byName)}`,
    quoted(sample.purpose),
    `  ${sample.derivation.replaceAll(/\p{Cc}/gu, ' ')}`,
    `  Population  ${plan.populationSize} items, SHA-256 ${plan.populationSha256}`,
    `  Seed        ${named(plan.seed)} (${plan.seedSource === 'population' ? 'the population hash' : 'given by the auditor'})`,
    `  Size        ${plan.size}`,
    `  Draw again  sh redraw.sh in data/samples/${sample.reference}`,
    '',
    ...sample.items.flatMap(({ key, results }, index) => [
      `  ${index + 1}. ${named(key)}  ${results.at(-1)?.result ?? 'not tested'}`,
      ...results.flatMap(({ at, byName, result, note }) => [
        `     ${at}  ${named(byName)}  ${result}`,
        ...(note === '' ? [] : [quoted(note)]),
      ]),
    ]),
    '',
    `  ${sample.conclusion}`,
    '',
  ];
}

export function workPapersText({ statement, papers, samples }: WorkPapersContent): string {
  const { auditor, pack, packSha256, generatedAt } = statement;
  return [
    'WORK PAPERS',
    '',
    `Pack      ${named(pack.name)}`,
    `SHA-256   ${packSha256}`,
    `Verdict   ${pack.verdict}, judged ${pack.judgedAt}`,
    `Auditor   ${named(auditor.name)}`,
    `Signed    ${generatedAt}`,
    '',
    `NOTES (${papers.length})`,
    '',
    ...papers.flatMap(paperText),
    `SAMPLES (${samples.length})`,
    '',
    ...samples.flatMap(sampleText),
  ].join('\n');
}
