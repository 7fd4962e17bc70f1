// Tells what was new about somebody: the evidence, and the sentences made of it.
import { formatInstant } from '#shared/time/instant.ts';
import type { Entity, Evidence, EvidenceValue, Explanation } from '../../detector.ts';
import type { FirstSeenParameters } from './first-seen-parameters.ts';
import type { Novelties } from './first-times.ts';
import { sightingKinds, type SightingKind } from './sighting-values.ts';
import { usualHours, type HourUse } from './usual-hours.ts';
import { counted, digits, hourOf, listed, named } from './wording.ts';

export interface NewValue {
  readonly text: string;
  readonly microseconds: number;
  readonly events: number;
}

export interface FirstSeenSummary {
  readonly entity: Entity;
  /** Everybody who did it; the empty name for unattributed events. */
  readonly actors: readonly string[];
  readonly values: Readonly<Record<SightingKind, readonly NewValue[]>>;
  readonly novelties: Novelties;
  /** The new actions that are privileged. */
  readonly privileged: readonly string[];
  /** Null for an account. */
  readonly hourUse: HourUse | null;
  /** New actions that nobody in the source account had done before. */
  readonly newToAccount: readonly string[];
  readonly firstMicroseconds: number;
  readonly looksAt: readonly SightingKind[];
}

const nouns: Readonly<Record<SightingKind, readonly [string, string]>> = {
  action: ['action', 'actions'],
  network: ['network', 'networks'],
  address: ['address in a known network', 'addresses in known networks'],
  resourceType: ['kind of resource', 'kinds of resources'],
};
const listedValues = 60;

export function describeFirstSeen(
  summary: FirstSeenSummary,
  parameters: FirstSeenParameters,
  zone: string,
): { readonly evidence: Evidence; readonly explanation: Explanation } {
  const kinds = sightingKinds.filter((kind) => summary.novelties[kind] !== undefined);
  const evidence = {
    looksAt: [...summary.looksAt],
    newActions: listValues(summary.values.action),
    newNetworks: listValues(summary.values.network),
    newAddresses: listValues(summary.values.address),
    newResourceTypes: listValues(summary.values.resourceType),
    numbers: Object.fromEntries(kinds.map((kind) => [kind, numbersOf(summary, kind)])),
    actors: summary.actors.slice(0, listedValues),
    distinctActors: summary.actors.length,
    privilegedActions: [...summary.privileged],
    privilegedCount: summary.privileged.length,
    newToAccount: [...summary.newToAccount],
    newToAccountCount: summary.newToAccount.length,
    firstAt: formatInstant(summary.firstMicroseconds),
    firstIn: hourOf(summary.firstMicroseconds, zone),
    usualHours: summary.hourUse && { ...summary.hourUse, ...usualHours },
    parameters: { ...parameters, percent: percent(parameters.probability) },
  };
  return {
    evidence,
    explanation: {
      what: `${whatSentence(summary, kinds)}, first ${evidence.firstIn}.`,
      expected: kinds.map((kind) => expectedSentence(summary, kind)).join(' '),
      unusual: kinds.map((kind) => unusualSentence(summary, kind, parameters)).join(' '),
      comparedWith: null,
      alsoSeen: alsoSeen(summary),
      confidence: confidence(summary),
      method: `first_seen/1: rate of new values per active day, decayed by ${parameters.dailyDecay} a day; probability 1 − e^(−rate), listed below ${percent(parameters.probability)} %; known for at least ${parameters.minimumKnownDays} days with ${parameters.minimumActiveDays} active ones, and at most ${summary.entity.kind === 'actor' ? parameters.maximumValues : parameters.maximumAccountActions} values.`,
      wouldChange: `It would not be listed had there been new ones more often: from ${percent(parameters.probability)} % on, a first time is taken for usual.`,
    },
  };
}

function listValues(values: readonly NewValue[]): EvidenceValue {
  return values
    .slice(0, listedValues)
    .map(({ text, microseconds, events }) => ({ value: text, firstAt: formatInstant(microseconds), events }));
}

function numbersOf({ novelties, values }: FirstSeenSummary, kind: SightingKind): EvidenceValue {
  const novelty = novelties[kind]!;
  return {
    new: values[kind].length,
    valuesBefore: novelty.valuesBefore,
    knownDays: novelty.knownDays,
    activeDays: novelty.activeDays,
    weightedNew: novelty.weightedNew,
    weightedDays: novelty.weightedDays,
    rate: novelty.rate,
    probability: novelty.probability,
    percent: percent(novelty.probability),
  };
}

/** Two significant digits: “0.83”; what is smaller than a hundredth is “less than 0.01”. */
function percent(probability: number): string {
  const value = probability * 100;
  return value < 0.01 ? 'less than 0.01' : String(Number(value.toPrecision(2)));
}

function whatSentence({ entity, values }: FirstSeenSummary, kinds: readonly SightingKind[]): string {
  const parts = kinds.map((kind) => {
    const texts = values[kind].map(({ text }) => `“${named(text)}”`);
    return `the ${nouns[kind][texts.length === 1 ? 0 : 1]} ${listed(texts)}`;
  });
  const whose = entity.kind === 'actor' ? named(entity.value) : `everybody in ${named(entity.value)}`;
  return `New for ${whose}: ${listed(parts)}`;
}

function expectedSentence({ novelties, entity }: FirstSeenSummary, kind: SightingKind): string {
  const { valuesBefore, knownDays, activeDays } = novelties[kind]!;
  const [singular, plural] = nouns[kind];
  const active = `${counted(activeDays, 'day')} after the first ${activeDays === 1 ? 'was' : 'were'} active`;
  const values = counted(valuesBefore, singular, plural);
  return `In the ${digits(knownDays)} days since ${named(entity.value)} was first seen, ${active}; ${values} ${valuesBefore === 1 ? 'is' : 'are'} known.`;
}

function unusualSentence(
  { novelties }: FirstSeenSummary,
  kind: SightingKind,
  parameters: FirstSeenParameters,
): string {
  const chance = percent(novelties[kind]!.probability);
  return `A new ${nouns[kind][0]} is expected on ${chance} % of active days; below ${percent(parameters.probability)} % it is listed.`;
}

function alsoSeen({ privileged, newToAccount, hourUse, actors, entity }: FirstSeenSummary): string | null {
  const sentences: string[] = [];
  if (privileged.length > 0) sentences.push(`Privileged: ${listed(privileged.map(named))}.`);
  if (newToAccount.length > 0)
    sentences.push(`Nobody in this account had done ${listed(newToAccount.map(named))} before.`);
  if (hourUse?.isUnusual === true)
    sentences.push(
      `The hour is unusual too: ${counted(hourUse.nearby, 'event')} of ${digits(hourUse.events)} in the ${usualHours.days} days before lay within an hour of it.`,
    );
  if (entity.kind === 'account')
    sentences.push(
      `Done by ${listed(actors.map((actor) => (actor === '' ? 'nobody named' : named(actor))))}.`,
    );
  return sentences.length === 0 ? null : sentences.join(' ');
}

function confidence({ looksAt, entity, hourUse }: FirstSeenSummary): string | null {
  if (entity.kind !== 'actor') return null;
  const missing = sightingKinds.filter((kind) => !looksAt.includes(kind)).map((kind) => nouns[kind][1]);
  const sentences: string[] = [];
  if (missing.length > 0) sentences.push(`Not looked at, because not mirrored: ${listed(missing)}.`);
  if (hourUse?.isUnusual === null)
    sentences.push(
      `Usual hours are not known: ${counted(hourUse.events, 'event')} in the ${usualHours.days} days before; ${usualHours.minimumEvents} are needed.`,
    );
  return sentences.length === 0 ? null : sentences.join(' ');
}
