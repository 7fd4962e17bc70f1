import { expect, it } from 'vitest';
import { defaultFourEyesRules, type FourEyesRule } from '#shared/model/independence.ts';
import { ruleWords } from '../../../../src-renderer/domain/rule-words.ts';
import { offeredRules } from '../../../../src-renderer/screens/settings/four-eyes-choice.ts';

it('offers the rules in force, and the defaults that are not', () => {
  const own: FourEyesRule = {
    id: 'critical-severity',
    about: 'decision',
    severities: ['high', 'critical'],
    decisions: null,
    actions: null,
  };
  expect(offeredRules([own], defaultFourEyesRules).map(({ id }) => id)).toEqual([
    'critical-severity',
    'revoke-privileged-role',
    'false-positive-high',
    'critical-anomaly',
  ]);
  expect(offeredRules([own], defaultFourEyesRules)[0]).toBe(own);
  expect(offeredRules([], [])).toEqual([]);
});

it('says every default rule in words', () => {
  expect(defaultFourEyesRules.map(ruleWords)).toEqual([
    'Every final decision, on events of severity critical',
    'Revoke, on role_grant or privilege.change',
    'Findings, ours and the source’s, of severity high or critical, calling it a false positive',
    'The source’s own anomalies of severity critical, whatever is made of them',
  ]);
  expect(ruleWords({ id: 'any', about: 'disposition', severities: null, dispositions: ['escalated'] })).toBe(
    'Findings, ours and the source’s, escalating',
  );
});
