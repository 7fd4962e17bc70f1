// What the person asked the bench of the screens to measure.
import { parseArgs } from 'node:util';
import { Problem } from '#shared/model/problem.ts';

export const usage = `npm run bench:ui -- [--events N] [--actors N] [--items N] [--json]

  --events N  events in the table (1,000,000)
  --actors N  people and services that cause them, and rows of the large heatmap (2,000)
  --items N   items in the review queue (10,000)
  --json      everything that was measured`;

export type ScreenBenchArguments = {
  readonly events: number;
  readonly actors: number;
  readonly items: number;
  readonly json: boolean;
};

/** @throws Problem `invalid-input` */
export function readArguments(words: readonly string[]): ScreenBenchArguments {
  const { events, actors, items, json } = parsed(words);
  return {
    events: wholeNumber('--events', events, 50_000, 20_000_000),
    actors: wholeNumber('--actors', actors, 500, 10_000),
    items: wholeNumber('--items', items, 200, 100_000),
    json,
  };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        events: { type: 'string', default: '1000000' },
        actors: { type: 'string', default: '2000' },
        items: { type: 'string', default: '10000' },
        json: { type: 'boolean', default: false },
      },
    }).values;
  } catch (cause) {
    throw refusal(cause instanceof Error ? cause.message : 'The words make no sense.');
  }
}

function wholeNumber(name: string, words: string, least: number, most: number): number {
  const value = Number(words.replaceAll(/[_,]/g, ''));
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw refusal(`${name} must be a whole number from ${least} to ${most}.`);
}

function refusal(message: string): Problem {
  return new Problem('invalid-input', message, { next: usage });
}
