// Every detector there is, in the order in which lists show them.
import { builtInDetectors } from './build-detectors.ts';
import type { Detector } from './detector.ts';
import type { PresetSettings } from './rules/declared-rule.ts';
import { presetDetectors } from './rules/preset-detectors.ts';
import { sigmaDetectors } from './sigma/rule-detector.ts';
import type { SigmaRule } from './sigma/rule.ts';

export interface DetectorOptions {
  /** Rules somebody wrote; none unless given. */
  readonly rules?: readonly SigmaRule[];
  /** Settings of the rules of the published systems; these are off unless given. */
  readonly presets?: PresetSettings | null;
}

/**
 * First what is certain, then what is unlikely, last the second tier; after these the rules. What a rule of the published systems lacks
 * beside fields, so that it is not among these, is told by `presetGaps`.
 * @throws Problem `invalid-input` when two rules share a name, or a setting cannot be one
 */
export function allDetectors({ rules = [], presets = null }: DetectorOptions = {}): Detector[] {
  return [
    ...builtInDetectors(),
    ...sigmaDetectors(rules),
    ...(presets === null ? [] : presetDetectors(presets)),
  ];
}
