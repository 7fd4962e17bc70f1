// The auditor's procedures: the open pack, its lists, work papers, samples, the signature.
import { Problem } from '#shared/model/problem.ts';
import type { GivenTrust } from '#shared/model/trust.ts';
import { isLookOnly, type AuditOverview, type PackRowQuery } from '#shared/model/work-papers.ts';
import { withKeptPack } from '../evidence/collection/kept-pack.ts';
import { readPackFacts, readPackRows } from '../evidence/collection/pack-rows.ts';
import type { VerifyWatch } from '../evidence/verify.ts';
import { auditSamples } from '../review/work-papers/assess.ts';
import { addWorkPaper, setWorkPaperStatus } from '../review/work-papers/notes.ts';
import { requirePack } from '../review/work-papers/open-pack.ts';
import { redrawCommands } from '../review/work-papers/redraw.ts';
import { recordTest, sampleOf } from '../review/work-papers/samples.ts';
import type { Workstation } from '../workstation.ts';
import { judgeAgain, openPackHere } from './audit-pack.ts';
import { drawAuditSample, previewSample } from './audit-samples.ts';
import { procedures } from './procedures.ts';
import { signWorkPapers } from './sign-work-papers.ts';
import { startAlone, watchFor } from './start-alone.ts';
import { uploadsOf } from './workstation-uploads.ts';

export function auditProcedures(workstation: Workstation) {
  const { audit } = procedures;
  const { ledger, directory, jobs } = workstation;
  const inPack = <Result>(work: Parameters<typeof withKeptPack<Result>>[2]) =>
    withKeptPack(directory, requirePack(ledger.state()).sha256, work);
  return {
    overview: audit.overview.handler(() => auditOverviewOf(workstation)),
    open: audit.open.handler(({ input }) => openUpload(workstation, input)),
    startOpening: audit.startOpening.handler(({ input }) => ({
      jobId: startAlone(jobs, 'open-pack', (context) => openUpload(workstation, input, watchFor(context))),
    })),
    verify: audit.verify.handler(({ input }) => judgeOpened(workstation, input)),
    startVerifying: audit.startVerifying.handler(({ input }) => ({
      jobId: startAlone(jobs, 'open-pack', (context) => judgeOpened(workstation, input, watchFor(context))),
    })),
    rows: audit.rows.handler(({ input }) => inPack((pack) => readPackRows(pack, input))),
    facts: audit.facts.handler(() => inPack(readPackFacts)),
    papers: audit.papers.handler(() => [...ledger.state().workPapers.papers.values()]),
    addPaper: audit.addPaper.handler(async ({ input: { reference, about, text } }) => {
      if (about.kind === 'item') await requireRow(workstation, about);
      return addWorkPaper(ledger, { about, text, reference });
    }),
    setPaperStatus: audit.setPaperStatus.handler(({ input }) => setWorkPaperStatus(ledger, input)),
    samples: audit.samples.handler(() => auditSamples(ledger.state().workPapers)),
    previewSample: audit.previewSample.handler(({ input }) => previewSample(workstation, input)),
    drawSample: audit.drawSample.handler(({ input: { reference, ...wish } }) =>
      drawAuditSample(workstation, { ...wish, reference }),
    ),
    redraw: audit.redraw.handler(({ input }) => {
      const { section, plan } = sampleOf(ledger.state(), input.sample);
      return { commands: redrawCommands(section, plan) };
    }),
    testItem: audit.testItem.handler(({ input }) => recordTest(ledger, input)),
    sign: audit.sign.handler(({ input }) =>
      signWorkPapers(workstation, { passphrase: input.passphrase, file: null }),
    ),
  };
}

type PackToOpen = GivenTrust & { readonly upload: string; readonly name: string };

async function openUpload(
  workstation: Workstation,
  { upload, name, ...trust }: PackToOpen,
  watch: VerifyWatch = {},
): Promise<AuditOverview> {
  await uploadsOf(workstation).use(upload, (pack) => {
    if (!('read' in pack)) throw new Problem('file-unreadable', 'This is not a pack file.');
    return openPackHere(workstation, { pack, name, trust }, watch);
  });
  return auditOverviewOf(workstation);
}

async function judgeOpened(
  workstation: Workstation,
  trust: GivenTrust,
  watch: VerifyWatch = {},
): Promise<AuditOverview> {
  await judgeAgain(workstation, trust, watch);
  return auditOverviewOf(workstation);
}

/** A note about what is not in the pack would lead nowhere. */
async function requireRow(
  { directory, ledger }: Workstation,
  { section, key }: Pick<PackRowQuery, 'section'> & { key: string },
): Promise<void> {
  const { sha256 } = requirePack(ledger.state());
  const query = { section, key, offset: 0, limit: 1 };
  const { matching } = await withKeptPack(directory, sha256, (pack) => readPackRows(pack, query));
  if (matching > 0) return;
  throw new Problem('not-found', 'There is no such row in this list of the pack. Nothing was recorded.');
}

/** What the auditor's workspace holds. */
export function auditOverviewOf({ ledger }: Workstation): AuditOverview {
  const { pack, papers, samples, signed } = ledger.state().workPapers;
  const cleared = [...papers.values()].filter(({ status }) => status === 'cleared').length;
  return {
    pack: pack && { ...pack, lookOnly: isLookOnly(pack.judgement.verdict) },
    openPapers: papers.size - cleared,
    clearedPapers: cleared,
    samples: samples.size,
    signed: [...signed],
  };
}
