// Samples of the open pack: their size before they are drawn, and the drawing itself.
import type { SamplingMethod } from '#shared/model/sampling.ts';
import type { AuditSample, PackSection, SamplePreview } from '#shared/model/work-papers.ts';
import { withKeptPack } from '../evidence/collection/kept-pack.ts';
import { readPackKeys } from '../evidence/collection/pack-rows.ts';
import { makeSamplingPlan } from '../review/sampling/plan.ts';
import { derivationOf } from '../review/work-papers/derivation.ts';
import { requirePack } from '../review/work-papers/open-pack.ts';
import { recordSample } from '../review/work-papers/samples.ts';
import type { Workstation } from '../workstation.ts';

export type SampleWish = {
  readonly section: PackSection;
  readonly method: SamplingMethod;
  readonly seed: string | null;
  readonly size: number | null;
};

export const keysOf = ({ directory, ledger }: Workstation, section: PackSection): Promise<string[]> =>
  withKeptPack(directory, requirePack(ledger.state()).sha256, (pack) => readPackKeys(pack, section));

async function planOf(workstation: Workstation, { section, ...wish }: SampleWish) {
  return makeSamplingPlan({ ...wish, keys: await keysOf(workstation, section) });
}

/** @throws Problem `invalid-input` or `refused`, as the drawing would */
export async function previewSample(workstation: Workstation, wish: SampleWish): Promise<SamplePreview> {
  const plan = await planOf(workstation, wish);
  const { populationSize, populationSha256, size } = plan;
  return { populationSize, populationSha256, size, derivation: derivationOf(plan) };
}

export type DrawingWish = SampleWish & { readonly purpose: string; readonly reference: string | undefined };

export async function drawAuditSample(
  workstation: Workstation,
  { purpose, reference, ...wish }: DrawingWish,
): Promise<AuditSample> {
  const plan = await planOf(workstation, wish);
  return recordSample(workstation.ledger, { section: wish.section, purpose, plan, reference });
}
