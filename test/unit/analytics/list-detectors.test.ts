// The list of detectors: what runs, what could, and what is missing for the rest.
import { expect, test } from 'vitest';
import { defaultDetection } from '../../../src-shared/model/detection.ts';
import { buildDetectors } from '../../../src-main/analytics/build-detectors.ts';
import { detectorTitles, listDetectors } from '../../../src-main/analytics/list-detectors.ts';
import { readShippedRules } from '../../../src-main/shell/shipped-rules.ts';

const shippedRules = readShippedRules(new URL('../../../resources/rules', import.meta.url).pathname);
const request = (settings: Partial<typeof defaultDetection> = {}) => ({
  settings: { ...defaultDetection, ...settings },
  shippedRules,
  locations: null,
});

test('what is enabled and evaluable is what would be built and run', () => {
  const settings = { presets: ['insider', 'security', 'rules'] as const, disabled: ['z3', 'insider.new_ip'] };
  const asked = request({ ...settings, presets: [...settings.presets] });
  const fields = new Set(['ip', 'outcome'] as const);
  const listed = listDetectors(asked, fields).filter(({ enabled, evaluable }) => enabled && evaluable);
  const run = buildDetectors(asked).detectors.filter(({ needs }) =>
    needs.every((field) => new Set<string>(fields).has(field)),
  );
  expect(listed.map(({ id }) => id).toSorted()).toEqual(run.map(({ id }) => id).toSorted());
  expect(listed.map(({ id }) => id)).not.toContain('z3');
});

test('names what is missing, and claims nothing while nothing is mirrored', () => {
  const find = (fields: ReadonlySet<never> | null, id: string) =>
    listDetectors(request(), fields).find((one) => one.id === id);
  expect(find(new Set(), 'security.session_hijacking')).toMatchObject({
    enabled: false,
    evaluable: false,
    lacks: expect.stringContaining('sessionId'),
  });
  expect(find(null, 'nb')).toMatchObject({ enabled: true, evaluable: null, lacks: null });
  expect(find(null, 'security.impossible_travel')).toMatchObject({
    evaluable: false,
    lacks: expect.stringContaining('location file'),
  });
});

test('shows every number with its default', () => {
  const asked = request({ parameters: { nb: { threshold: 4 }, 'insider.score': { alertAt: 70 } } });
  const nb = listDetectors(asked, null).find(({ id }) => id === 'nb');
  expect(nb?.parameters).toContainEqual(
    expect.objectContaining({ name: 'threshold', value: 4, default: 2.87 }),
  );
  const score = listDetectors(asked, null).find(({ id }) => id === 'insider.score');
  expect(score?.parameters).toContainEqual({
    name: 'alertAt',
    value: 70,
    default: 60,
    unit: 'points of 100',
    meaning: 'Lowest score that is listed.',
  });
  for (const { id, description, title } of listDetectors(asked, null)) {
    expect(title, id).not.toBe('');
    expect(description, id).not.toBe('');
  }
});

test('knows the words of every rule, also of one that is off, and no others', () => {
  const titleOf = detectorTitles(request());
  for (const { id, title } of listDetectors(request(), null)) expect(titleOf(id)).toBe(title);
  expect(titleOf('gone')).toBe('gone');
});
