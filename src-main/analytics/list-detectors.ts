// Every detector and rule there is, whether it runs or not, and whether it could with the fields at hand.
import type { DetectionSettings } from '#shared/model/detection.ts';
import type { DetectorFamily, DetectorListing } from '#shared/model/story.ts';
import { builtInDetectors, defaultNumbers, readRules, type DetectorRequest } from './build-detectors.ts';
import { describeDetectors } from './describe-detectors.ts';
import { theEvents } from './evaluate.ts';
import type { Detector } from './detector.ts';
import type { SegmentField } from './history/segment.ts';
import { readLocations } from './rules/geo/location-table.ts';
import { presetRules } from './rules/preset-detectors.ts';
import type { DeclaredRule, PresetSettings } from './rules/declared-rule.ts';
import { explainRule } from './sigma/explain-rule.ts';
import { sigmaDetectors } from './sigma/rule-detector.ts';
import { parseRules } from './sigma/parse-rules.ts';
import type { SigmaRule } from './sigma/rule.ts';

/**
 * In the order of lists.
 * @param fields what the mirror knows of events; null while nothing is mirrored
 * @param onlyCounts whether the mirror knows no events at all, only how many there were
 * @throws Problem `invalid-input` when a setting names what there is not, or has a value it cannot have
 */
export function listDetectors(
  request: DetectorRequest,
  fields: ReadonlySet<SegmentField> | null,
  onlyCounts = false,
): DetectorListing[] {
  const all = listAll(request, fields);
  if (!onlyCounts) return all;
  const counting = new Set(builtInDetectors().flatMap(({ id, needsEvents }) => (needsEvents ? [] : [id])));
  return all.map((one) => (counting.has(one.id) ? one : { ...one, lacks: theEvents, evaluable: false }));
}

function listAll(request: DetectorRequest, fields: ReadonlySet<SegmentField> | null): DetectorListing[] {
  const { settings, shippedRules } = request;
  const own = readRules({ ...settings, presets: [] }, shippedRules);
  const shipped = shippedRules.flatMap(({ text }) => parseRules(text));
  const words = descriptions(request, [...own, ...shipped]);
  const list = (detectors: readonly Detector[], family: DetectorFamily) =>
    detectors.map((detector) => listing(detector, family, settings, fields, words.get(detector.id) ?? ''));
  return [
    ...list(builtInDetectors(), 'built-in'),
    ...list(sigmaDetectors(own), 'own'),
    ...presetRules.map((rule) => presetListing(rule, request, fields)),
    ...list(sigmaDetectors(shipped), 'rules'),
  ];
}

/** Words for lists by detector or rule id; an id of former settings stands for itself. */
export function detectorTitles({
  settings,
  shippedRules,
}: Pick<DetectorRequest, 'settings' | 'shippedRules'>): (id: string) => string {
  const rules = readRules({ ...settings, presets: ['rules'] }, shippedRules);
  const titles = new Map([
    ...[...builtInDetectors(), ...presetRules].map(({ id, title }) => [id, title] as const),
    ...rules.map(({ key, title }) => [`sigma:${key}`, title] as const),
  ]);
  return (id) => titles.get(id) ?? id;
}

function descriptions(request: DetectorRequest, rules: readonly SigmaRule[]): ReadonlyMap<string, string> {
  const settings = { ...request.settings, presets: [], disabled: [], rules: [] };
  return new Map([
    ...describeDetectors({ ...request, settings }, []).map(
      ({ id, description }) => [id, description] as const,
    ),
    ...rules.map((rule) => [`sigma:${rule.key}`, explainRule(rule)] as const),
  ]);
}

function listing(
  { id, version, title, needs }: Detector,
  family: DetectorFamily,
  settings: DetectionSettings,
  fields: ReadonlySet<SegmentField> | null,
  description: string,
): DetectorListing {
  const lacks = lackingOf(needs, fields);
  return {
    id,
    version,
    title,
    description,
    family,
    needs: [...needs],
    lacks,
    evaluable: fields === null ? null : lacks === null,
    enabled: isEnabled(id, family, settings),
    parameters: Object.entries(defaultNumbers(id)).map(([name, standard]) => ({
      name,
      value: settings.parameters[id]?.[name] ?? standard,
      default: standard,
      unit: '',
      meaning: '',
    })),
  };
}

function presetListing(
  rule: DeclaredRule,
  request: DetectorRequest,
  fields: ReadonlySet<SegmentField> | null,
): DetectorListing {
  const { settings } = request;
  const presets = presetSettings(request);
  const detector = rule.detector(presets);
  const lacks = rule.lacks(presets) ?? lackingOf(detector.needs, fields);
  const evaluable = fields === null ? null : true;
  return {
    ...listing(detector, rule.preset, settings, fields, rule.ruleText(presets)),
    lacks,
    evaluable: lacks === null ? evaluable : false,
    parameters: Object.entries(rule.parameters).flatMap(([name, { default: standard, unit, meaning }]) => {
      if (typeof standard !== 'number') return [];
      const value = settings.parameters[rule.id]?.[name] ?? standard;
      return [{ name, value, default: standard, unit, meaning }];
    }),
  };
}

function presetSettings({ settings, locations }: DetectorRequest): PresetSettings {
  const ids = new Set(presetRules.map(({ id }) => id));
  return {
    values: Object.fromEntries(Object.entries(settings.parameters).filter(([id]) => ids.has(id))),
    locate: locations === null ? null : readLocations(locations.split('\n')),
  };
}

function lackingOf(needs: readonly SegmentField[], fields: ReadonlySet<SegmentField> | null): string | null {
  const missing = fields === null ? [] : needs.filter((field) => !fields.has(field));
  return missing.length === 0 ? null : missing.join(', ');
}

function isEnabled(id: string, family: DetectorFamily, { disabled, presets }: DetectionSettings): boolean {
  if (disabled.includes(id)) return false;
  return family === 'built-in' || family === 'own' || presets.includes(family);
}
