// What can be said about a pack when it is exported: how long to keep it, and which sample to draw into it.
import { retentionLabel } from '#shared/model/evidence.ts';
import { controlFrequencies } from '#shared/model/sampling.ts';
import { samplingRequest, type SamplingRequest } from '../../evidence/pack-input.ts';
import { oneOf, text, UsageError, type CommandOption, type OptionValues } from './command.ts';

export const particularOptions: Readonly<Record<string, CommandOption>> = {
  retention: { type: 'string', value: 'T', description: 'until when, or by which rule, to keep the pack' },
  sample: {
    type: 'string',
    value: 'FREQUENCY',
    description: `draw a sample of the items, as large as is usual for a control performed ${controlFrequencies.join(', ')}`,
  },
  seed: { type: 'string', value: 'T', description: 'an auditor’s seed instead of the population’s hash' },
};

/** @throws UsageError */
export function particularsIn(values: OptionValues): {
  retention: string | undefined;
  sampling: SamplingRequest | undefined;
} {
  const retention = retentionLabel.optional().safeParse(text(values, 'retention'));
  if (!retention.success) throw new UsageError('--retention takes one line of up to 200 characters.');
  return { retention: retention.data, sampling: samplingIn(values) };
}

function samplingIn(values: OptionValues): SamplingRequest | undefined {
  const [wanted, seed] = [text(values, 'sample'), text(values, 'seed')];
  if (wanted === undefined) {
    if (seed !== undefined) throw new UsageError('--seed goes with --sample.');
    return undefined;
  }
  const frequency = oneOf(wanted, controlFrequencies, '--sample');
  const parsed = samplingRequest.safeParse({
    method: { kind: 'judgemental', frequency, reason: null },
    seed: seed ?? null,
  });
  if (parsed.success) return parsed.data;
  throw new UsageError('--seed takes one line of up to 256 printable ASCII characters.');
}
