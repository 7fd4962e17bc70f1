import { describe, expect, test } from 'vitest';
import { buildHistory } from '../../../../src-main/analytics/history/build-history.ts';
import {
  isSignIn,
  outcomesOf,
  saysDenied,
  saysFailed,
  wordsOf,
} from '../../../../src-main/analytics/rules/outcome.ts';
import { isRoleGrant } from '../../../../src-main/analytics/rules/security/role-grants.ts';
import { event } from './rule-history.ts';

describe('what the name of an action says', () => {
  test('words, however they are written', () => {
    expect(wordsOf('auth.login_failed')).toEqual(['auth', 'login', 'failed']);
    expect(wordsOf('ConsoleLogin')).toEqual(['console', 'login']);
    expect(wordsOf('IAMUserSignIn')).toEqual(['iam', 'user', 'sign', 'in']);
    expect(wordsOf('')).toEqual([]);
  });

  test.each([
    ['auth.login_failed', true],
    ['auth.failed', true],
    ['login.failure', true],
    ['LoginFailed', true],
    ['failed_login_attempt', true],
    ['auth.invalid_user', true],
    ['access.denied', true],
    ['auth.login', false],
    ['login_failed_threshold.updated', false],
    ['failed_jobs.listed', false],
    ['session.closed_preauth', false],
    ['', false],
  ])('%s failed: %s', (action, failed) => expect(saysFailed(action)).toBe(failed));

  test.each([
    ['auth.login', true],
    ['auth.login_failed', true],
    ['auth.failed', true],
    ['auth.invalid_user', true],
    ['ConsoleLogin', true],
    ['user.session.start', true],
    ['user.authentication.sso', true],
    ['UserSignIn', true],
    ['auth.logout', false],
    ['auth.mfa_enabled', false],
    ['CreateLoginProfile', false],
    ['login_policy.updated', false],
    ['login_failed_threshold.updated', false],
    ['StartSession', false],
    ['session.closed_preauth', false],
    ['authorization.denied', false],
  ])('%s is a sign-in: %s', (action, signIn) => expect(isSignIn(action)).toBe(signIn));

  test('denied is one way to fail', () => {
    expect(
      ['access.denied', 'request_forbidden', 'api.unauthorized', 'auth.login_failed'].map(saysDenied),
    ).toEqual([true, true, true, false]);
  });

  test.each([
    ['role_grant', true],
    ['privilege.change', true],
    ['roles.assigned', true],
    ['AttachUserPermission', true],
    ['role_revoke', false],
    ['role.viewed', false],
    ['document.update', false],
  ])('%s may grant a role: %s', (action, grants) => expect(isRoleGrant(action)).toBe(grants));
});

test('an outcome says it whatever the action is called; an unknown one says nothing', () => {
  const history = buildHistory(
    ['failure', 'FAILED', 'error', 'denied', 'success', null].map((outcome, at) =>
      event(at, { fields: { outcome } }),
    ),
  );
  const outcomes = outcomesOf(history);
  const segment = history.segments[0]!;
  const all = (predicate: (index: number) => boolean) =>
    [...segment.microseconds.keys()].map((index) => predicate(index));
  expect(all(outcomes.failedIn(segment))).toEqual([true, true, true, true, false, false]);
  expect(all(outcomes.deniedIn(segment))).toEqual([false, false, false, true, false, false]);
  const byStatus = buildHistory(
    [401, 403, 404].map((status, at) => event(at, { fields: { status: String(status) } })),
  );
  const denied = outcomesOf(byStatus).deniedIn(byStatus.segments[0]!);
  expect([0, 1, 2].map((index) => denied(index))).toEqual([true, true, false]);
});
