// What can be said about a pack when it is exported: how long to keep it, which sample to draw, which access reviews it holds.
import { retentionLabel } from '#shared/model/evidence.ts';
import { controlFrequencies } from '#shared/model/sampling.ts';
import { samplingRequest, type SamplingRequest } from '../../evidence/pack-input.ts';
import type { CampaignsWish } from '#shared/model/pack-campaigns.ts';
import type { RedactionProfile } from '#shared/model/redaction.ts';
import { methodOf } from './audit-sample-options.ts';
import { text, texts, UsageError, wholeNumber, type CommandOption, type OptionValues } from './command.ts';
import { readProfile } from './redaction-commands.ts';

export const particularOptions: Readonly<Record<string, CommandOption>> = {
  retention: { type: 'string', value: 'T', description: 'until when, or by which rule, to keep the pack' },
  sample: {
    type: 'string',
    value: 'FREQUENCY',
    description: `draw a sample of the items, as large as is usual for a control performed ${controlFrequencies.join(', ')}`,
  },
  confidence: { type: 'string', value: 'C', description: 'attribute sampling instead, such as 0.95' },
  tolerable: { type: 'string', value: 'R', description: 'tolerable rate of deviations, such as 0.05' },
  expected: { type: 'string', value: 'N', description: 'deviations expected at most; 0 when not given' },
  size: { type: 'string', value: 'N', description: 'another size of the sample than the method gives' },
  reason: { type: 'string', value: 'T', description: 'why another size than the usual one' },
  seed: { type: 'string', value: 'T', description: 'an auditor’s seed instead of the population’s hash' },
  campaign: {
    type: 'string',
    value: 'ID',
    multiple: true,
    description:
      'an access review for the pack, in place of those that overlap its time; may be given several times',
  },
  'all-campaigns': { type: 'boolean', description: 'every access review opened here' },
  'no-campaigns': { type: 'boolean', description: 'no access review; the pack names those it leaves out' },
  redact: { type: 'boolean', description: 'make a redacted pack besides, in the packs folder' },
  profile: {
    type: 'string',
    value: 'FILE',
    description: 'with --redact: JSON file that says what is hidden; “external auditor” without one',
  },
};

export type Particulars = {
  readonly retention: string | undefined;
  readonly sampling: SamplingRequest | undefined;
  /** Undefined takes those that overlap the time of the pack. */
  readonly campaigns: CampaignsWish | undefined;
  readonly redact: RedactionProfile | undefined;
};

/** @throws UsageError, Problem `invalid-input` for a file that is no profile */
export function particularsIn(values: OptionValues): Particulars {
  const retention = retentionLabel.optional().safeParse(text(values, 'retention'));
  if (!retention.success) throw new UsageError('--retention takes one line of up to 200 characters.');
  return {
    retention: retention.data,
    sampling: samplingIn(values),
    campaigns: campaignsIn(values),
    redact: redactIn(values),
  };
}

function campaignsIn(values: OptionValues): CampaignsWish | undefined {
  const campaigns = texts(values, 'campaign');
  const choices: CampaignsWish[] = [
    ...(campaigns.length > 0 ? [{ choice: 'chosen' as const, campaigns }] : []),
    ...(values['all-campaigns'] === true ? [{ choice: 'all' as const }] : []),
    ...(values['no-campaigns'] === true ? [{ choice: 'none' as const }] : []),
  ];
  const [choice, other] = choices;
  if (other !== undefined)
    throw new UsageError('--campaign, --all-campaigns and --no-campaigns do not go together.');
  return choice;
}

function redactIn(values: OptionValues): RedactionProfile | undefined {
  const profile = text(values, 'profile');
  if (values['redact'] === true) return readProfile(profile);
  if (profile !== undefined) throw new UsageError('--profile goes with --redact.');
  return undefined;
}

const forSamples = ['seed', 'size', 'reason', 'expected'];

function samplingIn(values: OptionValues): SamplingRequest | undefined {
  const wanted = ['sample', 'confidence', 'tolerable'].some((name) => text(values, name) !== undefined);
  if (!wanted) {
    const lonely = forSamples.find((name) => text(values, name) !== undefined);
    if (lonely !== undefined) throw new UsageError(`--${lonely} goes with --sample, or with --confidence.`);
    return undefined;
  }
  const parsed = samplingRequest.safeParse({
    method: methodOf(values, 'sample'),
    seed: text(values, 'seed') ?? null,
    size: wholeNumber(values, 'size', 1) ?? null,
  });
  if (parsed.success) return parsed.data;
  throw new UsageError(
    '--seed takes one line of up to 256 printable ASCII characters, and a rate has at most four decimals.',
  );
}
