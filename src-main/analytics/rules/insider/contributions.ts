// The five rules of the insider preset: what each measures, when it speaks, and what it adds to the score.
import type { SegmentField } from '../../history/segment.ts';
import { counted, digits, minutes } from '../wording.ts';
import { countPoints, multiplePoints } from './points.ts';

export const contributionNames = [
  'off_hours',
  'new_ip',
  'volume_spike',
  'scope_expansion',
  'failure_burst',
] as const;
export type ContributionName = (typeof contributionNames)[number];

export interface ContributionValues {
  readonly weight: number;
  readonly threshold: number;
  readonly windowMinutes: number;
  readonly [name: string]: number;
}

/** How one rule turns its measure into points, and what it says. */
export interface Contribution {
  readonly name: ContributionName;
  readonly id: string;
  readonly title: string;
  readonly needs: readonly SegmentField[];
  readonly defaults: ContributionValues;
  readonly unit: string;
  /** Of what was measured; where the rule compares with what is usual, of the multiple of it. */
  readonly points: (value: number, values: ContributionValues) => number;
  readonly text: (values: ContributionValues) => string;
  /** @param value what was measured @param usual what it is compared with. */
  readonly reason: (value: number, usual: number, values: ContributionValues) => string;
}

const cappedAt =
  (cap: number) =>
  (value: number, { threshold, weight }: ContributionValues) =>
    countPoints(value, threshold, weight, cap);
const asMultiple = (value: number, { threshold, weight }: ContributionValues) =>
  multiplePoints(value, threshold, weight);

const definitions: Readonly<Record<ContributionName, Omit<Contribution, 'name' | 'id'>>> = {
  off_hours: {
    title: 'Activity outside usual hours',
    needs: [],
    defaults: { weight: 15, threshold: 2, windowMinutes: 60 },
    unit: 'events',
    points: cappedAt(2),
    text: ({ threshold, windowMinutes }) =>
      `at least ${counted(threshold, 'event')} outside the actor's usual hours within ${minutes(windowMinutes)}`,
    reason: (value, usual, { windowMinutes }) =>
      `${counted(value, 'event')} within ${minutes(windowMinutes)} outside the ${counted(usual, 'usual hour')} of the day`,
  },
  new_ip: {
    title: 'New addresses',
    needs: ['ip'],
    defaults: { weight: 15, threshold: 1, windowMinutes: 60 },
    unit: 'addresses',
    points: cappedAt(3),
    text: ({ threshold, windowMinutes }) =>
      `at least ${counted(threshold, 'address')} not known of the actor within ${minutes(windowMinutes)}`,
    reason: (value, usual, { windowMinutes }) =>
      `${counted(value, 'new address')} within ${minutes(windowMinutes)}, beside ${digits(usual)} known`,
  },
  volume_spike: {
    title: 'Unusual volume of data',
    needs: ['bytes'],
    defaults: { weight: 25, threshold: 3, windowMinutes: 1440 },
    unit: 'times the usual',
    points: asMultiple,
    text: ({ threshold, windowMinutes }) =>
      `bytes within ${minutes(windowMinutes)} at least ${digits(threshold)} times the actor's usual`,
    reason: (value, usual, { windowMinutes }) =>
      `${digits(value)} bytes within ${minutes(windowMinutes)}, usually ${digits(usual)}`,
  },
  scope_expansion: {
    title: 'Unusually many resources',
    needs: ['resourceId'],
    defaults: { weight: 20, threshold: 2, windowMinutes: 1440 },
    unit: 'times the usual',
    points: asMultiple,
    text: ({ threshold, windowMinutes }) =>
      `different resources within ${minutes(windowMinutes)} at least ${digits(threshold)} times the actor's usual`,
    reason: (value, usual, { windowMinutes }) =>
      `${counted(value, 'different resource')} within ${minutes(windowMinutes)}, usually ${digits(usual)}`,
  },
  failure_burst: {
    title: 'Burst of failures',
    needs: [],
    defaults: { weight: 25, threshold: 5, windowMinutes: 10 },
    unit: 'failures',
    points: cappedAt(3),
    text: ({ threshold, windowMinutes }) =>
      `at least ${counted(threshold, 'failure')} of the actor within ${minutes(windowMinutes)}`,
    reason: (value, _usual, { windowMinutes }) =>
      `${counted(value, 'failure')} within ${minutes(windowMinutes)}`,
  },
};

const named = (name: ContributionName): Contribution => ({
  name,
  id: `insider.${name}`,
  ...definitions[name],
});

export const contributionNamed: Readonly<Record<ContributionName, Contribution>> = {
  off_hours: named('off_hours'),
  new_ip: named('new_ip'),
  volume_spike: named('volume_spike'),
  scope_expansion: named('scope_expansion'),
  failure_burst: named('failure_burst'),
};

export const contributions: readonly Contribution[] = contributionNames.map(
  (name) => contributionNamed[name],
);
