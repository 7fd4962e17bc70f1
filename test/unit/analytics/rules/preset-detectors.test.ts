import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Problem } from '#shared/model/problem.ts';
import { segmentFields } from '../../../../src-main/analytics/history/segment.ts';
import {
  presetDetectors,
  presetGaps,
  presetRules,
} from '../../../../src-main/analytics/rules/preset-detectors.ts';

describe('the preset rules', () => {
  test('each has its own name, a title, and needs fields that exist', () => {
    expect(new Set(presetRules.map(({ id }) => id)).size).toBe(presetRules.length);
    for (const { id, preset, title, parameters } of presetRules) {
      expect(id.startsWith(`${preset}.`)).toBe(true);
      expect(title).toMatch(/^[A-Z]/);
      for (const { meaning } of Object.values(parameters)) expect(meaning).toMatch(/^[A-Z].*\.$/s);
    }
    for (const { needs, reachDays } of presetDetectors()) {
      expect(segmentFields).toEqual(expect.arrayContaining([...needs]));
      expect(Number.isInteger(reachDays) && reachDays >= 1).toBe(true);
    }
  });

  test('a rule prints its numbers', () => {
    const text = (id: string, settings = {}) =>
      presetRules.find((rule) => rule.id === id)!.ruleText(settings);
    expect(text('insider.failure_burst')).toBe(
      'at least 5 failures of the actor within 10 minutes, worth up to 25 points',
    );
    expect(
      text('service.brute_force', { values: { 'service.brute_force': { thresholdEvents: 7 } } }),
    ).toContain('at least 7 requests');
    expect(text('service.volume_spike')).toContain('more than 3 standard deviations');
  });

  test('every number of a parameter that counts or limits is in the rule text', () => {
    for (const rule of presetRules) {
      const { id, parameters } = rule;
      const plain = rule.ruleText();
      const thresholds = Object.keys(parameters).filter(
        (name) => name.startsWith('threshold') && !name.endsWith('Z'),
      );
      for (const name of thresholds) {
        const changed = rule.ruleText({ values: { [id]: { [name]: 4321 } } });
        expect([id, name, changed !== plain]).toEqual([id, name, true]);
      }
    }
  });

  test('the documentation prints each rule as it is', () => {
    const page = readFileSync(new URL('../../../../docs/rule-presets.md', import.meta.url), 'utf8');
    for (const rule of presetRules) {
      expect(page).toContain(`\`${rule.id}\` ${rule.title}`);
      expect(page).toContain(rule.ruleText());
      for (const name of Object.keys(rule.parameters)) expect(page).toContain(name);
    }
  });

  test('without a location file impossible travel is no detector, and says what it lacks', () => {
    expect(presetDetectors().map(({ id }) => id)).not.toContain('security.impossible_travel');
    expect(presetGaps()).toEqual([
      { id: 'security.impossible_travel', title: 'Impossible travel', needs: 'a location file' },
    ]);
    const settings = { locate: () => null };
    expect(presetGaps(settings)).toEqual([]);
    expect(presetDetectors(settings)).toHaveLength(presetRules.length);
  });

  test.each([
    [{ 'service.nothing': {} }, 'There is no rule'],
    [{ 'service.brute_force': { treshold: 3 } }, 'has no parameter “treshold”'],
    [{ 'service.brute_force': { thresholdEvents: Number.NaN } }, 'at least 1'],
    [{ 'service.brute_force': { thresholdEvents: 0 } }, 'at least 1'],
    [{ 'service.brute_force': { thresholdEvents: true } }, 'a number'],
    [{ 'security.privilege_attempts': { refusedOnly: 1 } }, 'yes or no'],
    [{ 'security.privilege_attempts': { sensitivePermissions: [''] } }, 'a list of texts'],
    [{ 'security.impossible_travel': { limitKmPerHour: -1 } }, 'at least 1'],
    [{ 'insider.score': { toString: 1 } }, 'has no parameter “toString”'],
  ])('%j is refused', (values, words) => {
    expect(() => presetDetectors({ values })).toThrow(Problem);
    expect(() => presetDetectors({ values })).toThrow(words);
  });
});
