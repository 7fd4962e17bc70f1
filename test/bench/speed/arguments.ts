// What the person asked the bench to measure.
import { parseArgs } from 'node:util';
import { Problem } from '#shared/model/problem.ts';

export const usage = `npm run bench -- [--events N] [--actors N] [--rounds N] [--only PARTS] [--json]

  --events N    events in the table (1,000,000)
  --actors N    people and services that cause them (2,000)
  --rounds N    how often short runs are repeated; the median counts (3)
  --only PARTS  some of pull, refresh, memory, analytics, heatmap, stall; separated by commas
  --json        everything that was measured`;

export const benchParts = ['pull', 'refresh', 'memory', 'analytics', 'heatmap', 'stall'] as const;
export type BenchPart = (typeof benchParts)[number];

export interface BenchArguments {
  readonly events: number;
  readonly actors: number;
  readonly rounds: number;
  readonly parts: ReadonlySet<BenchPart>;
  readonly json: boolean;
}

/** @throws Problem `invalid-input` */
export function readArguments(words: readonly string[]): BenchArguments {
  const { events, actors, rounds, only, json } = parsed(words);
  return {
    events: wholeNumber('--events', events, 10_000, 200_000_000),
    actors: wholeNumber('--actors', actors, 1, 1_000_000),
    rounds: wholeNumber('--rounds', rounds, 1, 25),
    parts: only === undefined ? new Set(benchParts) : new Set(only.split(',').map(partNamed)),
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
        rounds: { type: 'string', default: '3' },
        only: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    }).values;
  } catch (cause) {
    throw refusal(cause instanceof Error ? cause.message : 'The words make no sense.');
  }
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text.replaceAll(/[_,]/g, ''));
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw refusal(`${name} must be a whole number from ${least} to ${most}.`);
}

function partNamed(name: string): BenchPart {
  const found = benchParts.find((part) => part === name.trim());
  if (found !== undefined) return found;
  throw refusal(`There is no part “${name}”. The parts are ${benchParts.join(', ')}.`);
}

function refusal(message: string): Problem {
  return new Problem('invalid-input', message, { next: usage });
}
