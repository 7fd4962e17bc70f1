// What the person asked the evaluation to do.
import { parseArgs } from 'node:util';
import { Problem } from '#shared/model/problem.ts';
import { assertZone } from '#shared/time/hour-of-week.ts';

export const usage = `npm run evaluate -- EVENTS.ndjson [INCIDENTS.ndjson] [--labels LABELS.ndjson] [--zone IANA] [--json]
npm run evaluate -- --sample [--seed N] [--zone IANA] [--json]

  --labels FILE     single events with a label: quiet, or anything else for what is worth an alert
  --zone IANA       time zone of local hours (UTC)
  --presets         also the rules of the published systems, which are off by default
  --locations FILE  where addresses are (network,latitude,longitude,country); with --presets
  --json            everything that was computed, every hit included`;

export interface EvaluateArguments {
  /** Null for the sample. */
  readonly events: string | null;
  readonly incidents: string | null;
  readonly labels: string | null;
  readonly seed: number;
  readonly zone: string;
  readonly presets: boolean;
  readonly locations: string | null;
  readonly json: boolean;
}

/** @throws Problem `invalid-input` */
export function readArguments(words: readonly string[]): EvaluateArguments {
  const { values, positionals } = parsed(words);
  const {
    sample = false,
    seed = '1',
    labels,
    zone = 'UTC',
    presets = false,
    locations,
    json = false,
  } = values;
  const [events, incidents, ...others] = positionals;
  if (others.length > 0) refuse(`There is one word too many: “${others[0]}”.`);
  if (sample ? positionals.length > 0 || labels !== undefined : events === undefined)
    refuse(
      sample ? 'The sample brings its own events and incidents.' : 'Name a file of events, or --sample.',
    );
  if (locations !== undefined && !presets) refuse('Locations are for the published rules: add --presets.');
  if (!/^\d{1,9}$/.test(seed)) refuse('--seed must be a whole number.');
  return {
    events: events ?? null,
    incidents: incidents ?? null,
    labels: labels ?? null,
    seed: Number(seed),
    zone: assertZone(zone),
    presets,
    locations: locations ?? null,
    json,
  };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        sample: { type: 'boolean' },
        seed: { type: 'string' },
        labels: { type: 'string' },
        zone: { type: 'string' },
        presets: { type: 'boolean' },
        locations: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
  } catch (cause) {
    throw new Problem('invalid-input', cause instanceof Error ? cause.message : 'The words make no sense.', {
      next: usage,
      cause,
    });
  }
}

function refuse(message: string): never {
  throw new Problem('invalid-input', message, { next: usage });
}
