import { expect, test } from 'vitest';
import { outcomeVerdict } from '../../../../../src-main/analytics/detectors/events/outcome.ts';
import { loginKind, loginKindOf } from '../../../../../src-main/analytics/detectors/events/login-kinds.ts';
import { classesOf } from '../../../../../src-main/analytics/detectors/events/action-classes.ts';
import { isMachineType } from '../../../../../src-main/analytics/detectors/events/machines.ts';

test.each([
  ['failure', 'failure'],
  [' FAILED ', 'failure'],
  ['denied', 'failure'],
  ['Success', 'success'],
  ['ALLOW', 'success'],
  ['CHALLENGE', 'unknown'],
  ['skipped', 'unknown'],
  ['', 'unknown'],
  [null, 'unknown'],
] as const)('“%s” is %s', (text, verdict) => expect(outcomeVerdict(text)).toBe(verdict));

test.each([
  ['auth.login', 'unknown', loginKind.success],
  ['auth.login', 'failure', loginKind.failure],
  ['auth.login_failed', 'unknown', loginKind.failure],
  ['auth.login_failed', 'success', loginKind.failure],
  ['auth.invalid_user', 'unknown', loginKind.unknownAccount],
  ['login.attempt', 'unknown', 0],
  ['login.attempt', 'success', loginKind.success],
  ['login.attempt', 'failure', loginKind.failure],
  ['record.read', 'failure', 0],
] as const)('%s with outcome %s', (action, outcome, kind) =>
  expect(loginKindOf(classesOf(action), outcome)).toBe(kind),
);

test.each([
  ['service', true],
  ['Service Account', true],
  ['plugin', true],
  ['user', false],
  ['unknown', false],
  ['', false],
  [null, false],
])('an actor of type “%s” is a machine: %s', (type, expected) => expect(isMachineType(type)).toBe(expected));
