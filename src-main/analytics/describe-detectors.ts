// Says of each detector what it does and with which numbers, for whoever reads its findings later.
import type { DetectionSettings } from '#shared/model/detection.ts';
import { buildDetectors, defaultNumbers, readRules, type DetectorRequest } from './build-detectors.ts';
import type { Detector } from './detector.ts';
import { z3Method } from './detectors/z3.ts';
import { presetRules } from './rules/preset-detectors.ts';
import { explainRule } from './sigma/explain-rule.ts';

export type DetectorDescription = {
  readonly id: string;
  readonly version: string;
  readonly parameters: Record<string, string | number | boolean | null>;
  readonly description: string;
};

/** Where the full definition of a finding's score stands: its own method and numbers. */
const own = 'Each finding carries the sentence of its method and every number it was made of.';

const descriptions: Readonly<Record<string, string>> = {
  z3: 'Counts per source account, actor and action in whole UTC hours. z = (count − mean) / deviation used; mean and sample deviation over the baseline hours, zero hours included; deviation used = max(sd, sqrt(max(mean, 1))). Flagged when z is strictly greater than the threshold and the count is at least the minimum. The baseline ends gapHours before the tested hour and starts no earlier than the actor’s first event.',
  nb: `Counts per actor, and per actor and action, in whole UTC hours, against a negative binomial distribution fitted to the same actor’s weeks before, by local hour and weekday or weekend, and drawn towards the actor’s peers. The score is −log10 of the probability of at least that count. ${own}`,
  sod: `Somebody granting rights to themselves, approving what they asked for, or changing what is logged and kept. ${own}`,
  fail_burst: `Many failed sign-ins within minutes, of one actor or from one address, or a success after several failures. ${own}`,
  mass: `Many deletions or exports by one actor within minutes, compared with what that actor does routinely. ${own}`,
  gap: `Stretches in which an account’s events are missing or far fewer than at the same hours of earlier weeks. ${own}`,
  series: `The hourly total of an account against its own level, seasons and recent changes, as one series of numbers. ${own}`,
  dormant: `The first activity of an actor after a long silence. ${own}`,
  first_seen: `Actions, networks and kinds of resources an actor never used before, where new ones have become rare for that actor. ${own}`,
  rare_time: `Activity in local hours in which the actor is hardly ever active. ${own}`,
  peer: `More privileged actions in a day than the days of comparable actors make likely. ${own}`,
  drift: `Daily totals that creep upwards, by an exponentially weighted moving average of standardised residuals. ${own}`,
};

/**
 * Descriptions of every detector that runs, and of those that run no more but whose findings are still there.
 * @param found detectors that findings name, with their version
 */
export function describeDetectors(
  request: DetectorRequest,
  found: Iterable<{ readonly detector: string; readonly methodVersion: string }>,
): DetectorDescription[] {
  const running = buildDetectors(request).detectors.map((detector) => describe(detector, request));
  const known = new Map(running.map((description) => [description.id, description]));
  for (const { detector, methodVersion } of found) {
    if (known.has(detector)) continue;
    known.set(detector, describeSwitchedOff(detector, methodVersion, request));
  }
  return [...known.values()];
}

/** Its numbers are those it would run with; a change of them since the finding is among the changes of the configuration. */
function describeSwitchedOff(id: string, version: string, request: DetectorRequest): DetectorDescription {
  const before = `It is switched off now; its findings of earlier refreshes stay. Its numbers are those it would run with now.`;
  if (id === z3Method.id) {
    const { id: _id, version: _version, ...parameters } = z3Method;
    return { id, version, parameters, description: `${before} ${descriptions['z3']}` };
  }
  const what = descriptions[id] ?? ruleText(id, request) ?? own;
  const parameters = { ...defaultNumbers(id), ...request.settings.parameters[id] };
  return { id, version, parameters, description: `${before} ${what}` };
}

function describe({ id, version, title }: Detector, request: DetectorRequest): DetectorDescription {
  const { parameters } = request.settings;
  if (id === z3Method.id) {
    const { id: _id, version: _version, ...numbers } = z3Method;
    return { id, version, parameters: numbers, description: descriptions['z3']! };
  }
  return {
    id,
    version,
    parameters: { ...defaultNumbers(id), ...parameters[id] },
    description: descriptions[id] ?? ruleText(id, request) ?? `${title}. ${own}`,
  };
}

function ruleText(id: string, { settings, shippedRules }: DetectorRequest): string | null {
  const declared = presetRules.find((rule) => rule.id === id);
  if (declared) return `${declared.title}: ${declared.ruleText({ values: valuesOf(settings) })}`;
  const rule = readRules(settings, shippedRules).find((one) => id === `sigma:${one.key}`);
  return rule ? `${rule.title}. ${explainRule(rule)}` : null;
}

function valuesOf({ parameters }: DetectionSettings): Record<string, Record<string, number>> {
  const ids = new Set(presetRules.map(({ id }) => id));
  return Object.fromEntries(Object.entries(parameters).filter(([id]) => ids.has(id)));
}
