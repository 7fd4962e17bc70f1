// The sampling method as it is given on a command line.
import { controlFrequencies, type SamplingMethod } from '#shared/model/sampling.ts';
import {
  oneOf,
  required,
  text,
  UsageError,
  wholeNumber,
  type CommandOption,
  type OptionValues,
} from './command.ts';

export const sampleOptions: Readonly<Record<string, CommandOption>> = {
  purpose: { type: 'string', value: 'T', description: 'sample: what is tested, in a sentence' },
  frequency: {
    type: 'string',
    value: 'F',
    description: `sample: judgemental, by how often the control is performed: ${controlFrequencies.join(', ')}`,
  },
  reason: { type: 'string', value: 'T', description: 'sample: why another size than the usual one' },
  confidence: { type: 'string', value: 'C', description: 'sample: attribute sampling, such as 0.95' },
  tolerable: {
    type: 'string',
    value: 'R',
    description: 'sample: tolerable rate of deviations, such as 0.05',
  },
  expected: {
    type: 'string',
    value: 'N',
    description: 'sample: deviations expected at most; 0 when not given',
  },
  model: {
    type: 'string',
    value: 'M',
    description: 'sample: hypergeometric (for this population), or binomial (as if it were endless)',
  },
  seed: { type: 'string', value: 'S', description: 'sample: a seed of yours instead of the population hash' },
  size: { type: 'string', value: 'N', description: 'sample: another size than the method gives' },
  preview: { type: 'boolean', description: 'sample: only say how many items it would take' },
};

function share(values: OptionValues, name: string): number {
  const given = Number(required(values, name));
  if (given > 0 && given < 1) return given;
  throw new UsageError(`--${name} takes a share between 0 and 1, such as 0.05.`);
}

/**
 * @param frequencyName of the option that says how often the control is performed
 * @throws UsageError where no method, or two, are given
 */
export function methodOf(values: OptionValues, frequencyName = 'frequency'): SamplingMethod {
  const frequency = text(values, frequencyName);
  const isAttribute = text(values, 'confidence') !== undefined || text(values, 'tolerable') !== undefined;
  if ((frequency === undefined) !== isAttribute)
    throw new UsageError(`Give --${frequencyName} F, or --confidence C with --tolerable R.`);
  if (frequency !== undefined)
    return {
      kind: 'judgemental',
      frequency: oneOf(frequency, controlFrequencies, `--${frequencyName}`),
      reason: text(values, 'reason') ?? null,
    };
  return {
    kind: 'attribute',
    confidence: share(values, 'confidence'),
    tolerableRate: share(values, 'tolerable'),
    allowedDeviations: wholeNumber(values, 'expected') ?? 0,
    model: oneOf(text(values, 'model') ?? 'hypergeometric', ['binomial', 'hypergeometric'], '--model'),
  };
}
