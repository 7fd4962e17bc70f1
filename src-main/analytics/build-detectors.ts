// Makes the detectors a workspace asks for, with its numbers in place.
import type { DetectionSettings } from '#shared/model/detection.ts';
import { Problem } from '#shared/model/problem.ts';
import { confirmedHourTest, type ConfirmedHour } from './confirmed-hours.ts';
import type { Detector } from './detector.ts';
import { dormantParameters } from './detectors/cube/dormant-parameters.ts';
import { driftParameters } from './detectors/cube/drift-parameters.ts';
import { gapParameters } from './detectors/cube/gap-parameters.ts';
import { peerParameters } from './detectors/cube/peer-parameters.ts';
import { rareTimeParameters } from './detectors/cube/rare-time-parameters.ts';
import { dormant } from './detectors/dormant.ts';
import { drift } from './detectors/drift.ts';
import { failBurstParameters } from './detectors/events/fail-burst-parameters.ts';
import { firstSeenParameters } from './detectors/events/first-seen-parameters.ts';
import { massParameters } from './detectors/events/mass-parameters.ts';
import { sodParameters } from './detectors/events/sod-parameters.ts';
import { failBurst } from './detectors/fail-burst.ts';
import { firstSeen } from './detectors/first-seen.ts';
import { gap } from './detectors/gap.ts';
import { mass } from './detectors/mass.ts';
import { nb } from './detectors/nb/nb-detector.ts';
import { nbParameters } from './detectors/nb/parameters.ts';
import type { IsConfirmed } from './detectors/nb/past.ts';
import { peer } from './detectors/peer.ts';
import { rareTime } from './detectors/rare-time.ts';
import { sod } from './detectors/sod.ts';
import { z3Detector } from './detectors/z3-detector.ts';
import type { PresetSettings } from './rules/declared-rule.ts';
import { readLocations } from './rules/geo/location-table.ts';
import { presetDetectors, presetGaps, presetRules } from './rules/preset-detectors.ts';
import { seriesDetector } from './series/series-detector.ts';
import { seriesDefaults } from './series/series-method.ts';
import { parseRules } from './sigma/parse-rules.ts';
import { sigmaDetectors } from './sigma/rule-detector.ts';
import type { SigmaRule } from './sigma/rule.ts';

/** A text file by its name. */
export type NamedText = { readonly name: string; readonly text: string };

export type DetectorRequest = {
  readonly settings: DetectionSettings;
  /** The rules that come with the program. */
  readonly shippedRules: readonly NamedText[];
  /** Content of the location file, when there is one. */
  readonly locations: string | null;
  /** Hours that teach nothing, because what was found in them was confirmed; none unless given. */
  readonly confirmed?: readonly ConfirmedHour[];
};

export type BuiltDetectors = {
  readonly detectors: readonly Detector[];
  /** What cannot run whatever the fields, and what it lacks: the end of “not evaluable: needs …”. */
  readonly gaps: readonly { readonly id: string; readonly title: string; readonly needs: string }[];
};

type Numbers = Readonly<Record<string, unknown>>;
type Part = {
  readonly defaults: Numbers;
  readonly make: (given: Readonly<Record<string, number>>, isConfirmed: IsConfirmed | null) => Detector;
};

const part = <Parameters extends object>(
  defaults: Parameters,
  make: (parameters: Parameters, isConfirmed: IsConfirmed | null) => Detector,
): Part => ({
  defaults: Object.fromEntries(Object.entries(defaults)),
  make: (given, isConfirmed) => make({ ...defaults, ...given }, isConfirmed),
});

/** One that looks at single events: counts are not enough for it. */
const eventPart: typeof part = (defaults, make) => {
  const { make: made, ...rest } = part(defaults, make);
  return { ...rest, make: (given, isConfirmed) => overEvents(made(given, isConfirmed)) };
};

const overEvents = (detector: Detector): Detector => ({ ...detector, needsEvents: true });

/** In the order of lists: what is certain, then what is unlikely, last the second tier. */
const parts: Readonly<Record<string, Part>> = {
  sod: eventPart(sodParameters, sod),
  fail_burst: eventPart(failBurstParameters, failBurst),
  mass: eventPart(massParameters, mass),
  nb: part(nbParameters, nb),
  gap: part(gapParameters, gap),
  series: part(seriesDefaults, seriesDetector),
  dormant: part(dormantParameters, dormant),
  first_seen: eventPart(firstSeenParameters, firstSeen),
  rare_time: part(rareTimeParameters, rareTime),
  peer: part(peerParameters, peer),
  drift: part(driftParameters, drift),
  z3: { defaults: {}, make: () => z3Detector },
};

/** The detectors that need no rule, with their numbers as they stand when nobody changed them. */
export function builtInDetectors(): Detector[] {
  return Object.values(parts).map(({ make }) => make({}, null));
}

/** The numbers of a built-in detector as they stand when nobody changed them. */
export function defaultNumbers(id: string): Readonly<Record<string, number>> {
  const numbers = Object.entries(parts[id]?.defaults ?? {});
  return Object.fromEntries(
    numbers.filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

/** @throws Problem `invalid-input` when a setting names what there is not, or has a value it cannot have */
export function buildDetectors({
  settings,
  shippedRules,
  locations,
  confirmed = [],
}: DetectorRequest): BuiltDetectors {
  const isConfirmed = confirmedHourTest(confirmed);
  const rules = readRules(settings, shippedRules);
  const presets = presetSettings(settings, locations);
  const families = new Set<string>(settings.presets);
  const chosen = new Set(presetRules.filter(({ preset }) => families.has(preset)).map(({ id }) => id));
  const detectors = [
    ...Object.entries(parts).map(([id, { defaults, make }]) =>
      make(checked(id, defaults, settings), isConfirmed),
    ),
    ...sigmaDetectors(rules).map(overEvents),
    ...presetDetectors(presets)
      .filter(({ id }) => chosen.has(id))
      .map(overEvents),
  ];
  const off = new Set(settings.disabled);
  return {
    detectors: detectors.filter(({ id }) => !off.has(id)),
    gaps: presetGaps(presets).filter(({ id }) => chosen.has(id) && !off.has(id)),
  };
}

/** Rules somebody wrote, and those that come with the program where they are asked for. */
export function readRules(settings: DetectionSettings, shipped: readonly NamedText[]): SigmaRule[] {
  const files = [...settings.rules, ...(settings.presets.includes('rules') ? shipped : [])];
  return files.flatMap(({ text }) => parseRules(text));
}

function presetSettings({ parameters }: DetectionSettings, locations: string | null): PresetSettings {
  const values = Object.entries(parameters).filter(([id]) => parts[id] === undefined);
  return {
    values: Object.fromEntries(values),
    locate: locations === null ? null : readLocations(locations.split('\n')),
  };
}

function checked(id: string, defaults: Numbers, { parameters }: DetectionSettings): Record<string, number> {
  const given = parameters[id] ?? {};
  for (const [name, value] of Object.entries(given)) {
    if (typeof defaults[name] === 'number' && Number.isFinite(value) && value >= 0) continue;
    throw new Problem(
      'invalid-input',
      `The detector “${id}” has no number “${name}” that could be ${value}.`,
      {
        next: `Its numbers are ${Object.keys(defaultNumbers(id)).join(', ') || 'fixed'}.`,
      },
    );
  }
  return given;
}
