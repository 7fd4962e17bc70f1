// What the commands of an auditor answer, for people and for scripts.
import { verdicts } from '#shared/model/evidence.ts';
import type { AuditOverview, AuditSample, WorkPaper } from '#shared/model/work-papers.ts';
import { subjectWords } from '../../evidence/collection/work-papers-text.ts';
import type { Outcome } from './command.ts';
import { facts, printable, table } from './print.ts';

export function overviewOutcome(json: AuditOverview): Outcome {
  const { pack, openPapers, clearedPapers, samples, signed } = json;
  if (pack === null) return { json, text: 'No pack is open in this workspace.' };
  const { judgement } = pack;
  const lines = [
    facts({
      pack: pack.name,
      sha256: pack.sha256,
      verdict: judgement.verdict,
      judged: pack.judgedAt,
      workPapers: `${openPapers} open, ${clearedPapers} cleared`,
      samples,
      signed: signed.map(({ name }) => name).join(', '),
    }),
    '',
    printable(judgement.summary),
    ...(pack.lookOnly ? ['It may be looked at, and nothing else.'] : []),
  ];
  return { json, text: lines.join('\n') };
}

/** As `verify` does: scripts tell by the exit code what the pack is. */
export const judged = (json: AuditOverview): Outcome => ({
  ...overviewOutcome(json),
  exitCode: json.pack === null ? 1 : verdicts.indexOf(json.pack.judgement.verdict),
});

export function sampleText(sample: AuditSample): string {
  return [
    facts({ sample: sample.reference, of: sample.section, purpose: sample.purpose }),
    sample.derivation,
    facts({
      population: sample.plan.populationSize,
      populationSha256: sample.plan.populationSha256,
      seed: sample.plan.seed,
      seedSource: sample.plan.seedSource,
      size: sample.plan.size,
    }),
    '',
    table(
      sample.items.map(({ key, results }) => ({
        item: key,
        result: results.at(-1)?.result ?? 'not tested',
        note: results.at(-1)?.note ?? null,
      })),
      ['item', 'result', 'note'],
    ),
    '',
    sample.conclusion,
  ].join('\n');
}

export const sampleOutcome = (json: AuditSample): Outcome => ({ json, text: sampleText(json) });

export function papersOutcome(json: readonly WorkPaper[]): Outcome {
  const lines = json.map(({ reference, status, about, byName, at, text: note, changes }) => ({
    reference,
    status,
    about: subjectWords(about),
    by: byName,
    at,
    text: note,
    conclusion: changes.at(-1)?.conclusion ?? null,
  }));
  return { json, text: table(lines, ['reference', 'status', 'about', 'by', 'at', 'text', 'conclusion']) };
}
