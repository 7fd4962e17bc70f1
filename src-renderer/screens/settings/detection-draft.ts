// Detection settings while they are being changed.
import type { DetectionSettings } from '#shared/model/detection.ts';
import type { DetectorFamily, DetectorListing } from '#shared/model/story.ts';

/** Whether it runs with these settings. */
export function isOn({ id, family }: DetectorListing, { disabled, presets }: DetectionSettings): boolean {
  if (disabled.includes(id)) return false;
  return family === 'built-in' || family === 'own' || presets.includes(family);
}

/** A rule that is switched on brings its family along, with the others of it switched off. */
export function withDetector(
  settings: DetectionSettings,
  detector: DetectorListing,
  on: boolean,
  all: readonly DetectorListing[],
): DetectionSettings {
  const { id, family } = detector;
  const others = settings.disabled.filter((one) => one !== id);
  if (!on) return { ...settings, disabled: [...others, id].toSorted() };
  if (family === 'built-in' || family === 'own' || settings.presets.includes(family))
    return { ...settings, disabled: others };
  const siblings = all.filter((one) => one.family === family && one.id !== id).map((one) => one.id);
  return {
    ...settings,
    presets: [...settings.presets, family],
    disabled: [...new Set([...others, ...siblings])].toSorted(),
  };
}

/** Switches a whole family on or off. */
export function withFamily(
  settings: DetectionSettings,
  family: DetectorFamily,
  on: boolean,
  all: readonly DetectorListing[],
): DetectionSettings {
  if (family === 'built-in' || family === 'own') return settings;
  const members = new Set(all.filter((one) => one.family === family).map(({ id }) => id));
  const others = settings.presets.filter((one) => one !== family);
  return {
    ...settings,
    presets: on ? [...others, family] : others,
    disabled: settings.disabled.filter((id) => !members.has(id)),
  };
}

/** A number at its default is not written down, so that a better default of a later version counts. */
export function withNumber(
  settings: DetectionSettings,
  id: string,
  name: string,
  value: number,
  standard: number,
): DetectionSettings {
  const { [name]: _before, ...rest } = settings.parameters[id] ?? {};
  const own = value === standard ? rest : { ...rest, [name]: value };
  const { [id]: _own, ...others } = settings.parameters;
  return { ...settings, parameters: Object.keys(own).length === 0 ? others : { ...others, [id]: own } };
}

/** One local date a line; null when a line is none. */
export function parseDates(text: string): string[] | null {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const isDate = (line: string) =>
    /^\d{4}-\d{2}-\d{2}$/.test(line) &&
    !Number.isNaN(Date.parse(`${line}T00:00:00Z`)) &&
    new Date(`${line}T00:00:00Z`).toISOString().startsWith(line);
  return lines.every(isDate) ? [...new Set(lines)].toSorted() : null;
}

/** Equal whatever the order in which things were switched. */
export function sameSettings(one: DetectionSettings, other: DetectionSettings): boolean {
  return canonical(one) === canonical(other);
}

function canonical({
  disabled,
  presets,
  holidays,
  parameters,
  rules,
  locationFile,
}: DetectionSettings): string {
  const numbers = Object.entries(parameters)
    .map(([id, own]) => [id, Object.entries(own).toSorted(byName)] as const)
    .toSorted(byName);
  return JSON.stringify([
    disabled.toSorted(),
    presets.toSorted(),
    holidays.toSorted(),
    numbers,
    rules,
    locationFile,
  ]);
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
