// How two detection settings differ, one phrase for each difference.
import type { DetectionSettings } from '#shared/model/detection.ts';
import { text } from '../../texts/text.ts';

type Names = (id: string) => string;

/** @param titleOf names a detector or rule by its id */
export function detectionDifferences(
  before: DetectionSettings,
  after: DetectionSettings,
  titleOf: Names,
): string[] {
  const families = (ids: readonly DetectionSettings['presets'][number][]) =>
    ids.map((id) => text(`settings:family.${id}`));
  const phrase = (
    key:
      | 'on'
      | 'off'
      | 'familyOn'
      | 'familyOff'
      | 'holidayAdded'
      | 'holidayRemoved'
      | 'ruleAdded'
      | 'ruleRemoved'
      | 'ruleChanged',
    names: readonly string[],
  ) => (names.length === 0 ? [] : [text(`settings:detectionChange.${key}`, { what: names.join(', ') })]);
  const ruleNames = ({ rules }: DetectionSettings) => rules.map(({ name }) => name);
  return [
    ...phrase('familyOn', families(missingFrom(after.presets, before.presets))),
    ...phrase('familyOff', families(missingFrom(before.presets, after.presets))),
    ...phrase('on', missingFrom(before.disabled, after.disabled).map(titleOf)),
    ...phrase('off', missingFrom(after.disabled, before.disabled).map(titleOf)),
    ...numberDifferences(before, after, titleOf),
    ...phrase('holidayAdded', missingFrom(after.holidays, before.holidays)),
    ...phrase('holidayRemoved', missingFrom(before.holidays, after.holidays)),
    ...phrase('ruleAdded', missingFrom(ruleNames(after), ruleNames(before))),
    ...phrase('ruleRemoved', missingFrom(ruleNames(before), ruleNames(after))),
    ...phrase('ruleChanged', changedRules(before, after)),
    ...locationDifference(before.locationFile, after.locationFile),
  ];
}

/** Those of one list that the other has not. */
function missingFrom<Value>(one: readonly Value[], other: readonly Value[]): Value[] {
  return one.filter((value) => !other.includes(value));
}

function numberDifferences(before: DetectionSettings, after: DetectionSettings, titleOf: Names): string[] {
  const ids = [...new Set([...Object.keys(before.parameters), ...Object.keys(after.parameters)])];
  return ids.flatMap((id) => {
    const [then, now] = [before.parameters[id] ?? {}, after.parameters[id] ?? {}];
    const names = [...new Set([...Object.keys(then), ...Object.keys(now)])];
    return names
      .filter((name) => then[name] !== now[name])
      .map((name) =>
        text('settings:detectionChange.number', {
          what: titleOf(id),
          name,
          before: then[name] ?? text('settings:detectionChange.standard'),
          after: now[name] ?? text('settings:detectionChange.standard'),
        }),
      );
  });
}

function changedRules({ rules: before }: DetectionSettings, { rules: after }: DetectionSettings): string[] {
  return after
    .filter(({ name, text: now }) => before.some((rule) => rule.name === name && rule.text !== now))
    .map(({ name }) => name);
}

function locationDifference(before: string | null, after: string | null): string[] {
  if (before === after) return [];
  const none = text('settings:detectionChange.noFile');
  return [text('settings:detectionChange.locations', { before: before ?? none, after: after ?? none })];
}
