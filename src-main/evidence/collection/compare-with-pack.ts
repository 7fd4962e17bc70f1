// Holds work papers against the pack somebody has: the very file they name, and the populations their samples were drawn from.
import { createHash } from 'node:crypto';
import { Problem } from '#shared/model/problem.ts';
import type { WorkPapersComparison } from '#shared/model/work-papers.ts';
import { auditSamples } from '../../review/work-papers/assess.ts';
import { hashOfKeys } from '../../review/sampling/draw.ts';
import { readStretch, type ByteSource } from '../byte-source.ts';
import { readPackZip } from '../pack-zip.ts';
import { readPackKeys } from './pack-rows.ts';
import { readAuditLedger, readWorkPapersStatement, replayWork } from './work-papers-contents.ts';

async function sha256Of(source: ByteSource): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of readStretch(source, 0, source.bytes)) hash.update(piece);
  return hash.digest('hex');
}

/**
 * Does not judge the work papers: that is what verifying them is for.
 * @throws Problem `file-unreadable`
 */
export async function compareWithPack(
  workPapers: ByteSource,
  pack: ByteSource,
): Promise<WorkPapersComparison> {
  const { files } = await readPackZip(workPapers);
  const [subject] = (await readWorkPapersStatement(files)).subject;
  if (subject === undefined) throw new Problem('file-unreadable', 'The work papers name no pack.');
  const sha256 = await sha256Of(pack);
  if (subject.digest.sha256 !== sha256)
    return { isSamePack: false, named: subject.digest.sha256, sha256, samples: [] };
  const samples = [];
  for (const { reference, section, plan } of auditSamples(replayWork(await readAuditLedger(files)))) {
    const found = hashOfKeys(await readPackKeys(pack, section));
    samples.push({ reference, section, isSamePopulation: found === plan.populationSha256 });
  }
  return { isSamePack: true, named: subject.digest.sha256, sha256, samples };
}
