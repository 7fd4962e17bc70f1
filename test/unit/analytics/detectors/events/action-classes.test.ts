import { describe, expect, test } from 'vitest';
import {
  classesOf,
  classesOfSeries,
  nounOf,
} from '../../../../../src-main/analytics/detectors/events/action-classes.ts';
import { mainVerb, wordsOf } from '../../../../../src-main/analytics/detectors/events/action-words.ts';
import { actionClass } from '../../../../../src-main/analytics/detectors/events/class-bits.ts';
import { Dictionary } from '../../../../../src-main/analytics/history/dictionary.ts';

type ClassName = keyof typeof actionClass;

const isIn = (action: string, name: ClassName) => (classesOf(action) & actionClass[name]) !== 0;

const table = (name: ClassName, inside: string, outside: string) => {
  const rows = [
    ...inside.split(/\s*;\s*/).map((action) => [action, true] as const),
    ...outside.split(/\s*;\s*/).map((action) => [action, false] as const),
  ];
  test.each(rows)(`${name}: “%s” %s`, (action, expected) => expect(isIn(action, name)).toBe(expected));
};

describe('words of an action', () => {
  test.each([
    ['auth.login_failed', 'auth login failed', null],
    ['AuthLogInFailed', 'auth login failed', null],
    ['ConsoleLogin', 'console login', null],
    ['User signed-in', 'user login', null],
    ['DeleteDBInstance', 'delete db instance', 'delete'],
    ['AddPermission20150331v2', 'add permission 20150331v 2', 'add'],
    ['export_rules.updated', 'export rules updated', 'update'],
    ['record.delete', 'record delete', 'delete'],
    ['deleted_records.listed', 'deleted records listed', 'list'],
    ['export.delete', 'export delete', 'delete'],
    ['org.audit_log_export', 'org audit log export', 'export'],
    ['team.add_repository', 'team add repository', 'add'],
    ['GET /api/export', 'get api export', 'get'],
    ['', '', null],
    ['…', '', null],
  ])('%s', (action, words, verb) => {
    expect(wordsOf(action).join(' ')).toBe(words);
    expect(mainVerb(action)).toBe(verb);
  });

  test('a name of a megabyte is read as far as it matters', () => {
    expect(wordsOf('A'.repeat(1_000_000)).join('').length).toBeLessThanOrEqual(300);
    expect(isIn(`auth.login_failed ${'x'.repeat(1_000_000)}`, 'failed')).toBe(true);
  });
});

describe('signing in', () => {
  table(
    'signIn',
    'auth.login; auth.login_failed; ConsoleLogin; user.session.start; session.opened; auth.failed; auth.accepted_password; ' +
      'auth.invalid_user; user.authentication.sso; user.authentication.auth_via_mfa; login.attempt; UserLoggedIn; Sign in failed; mfa.failed',
    'auth.logout; auth.mfa_enabled; session.closed_preauth; session.disconnect; net.no_ident; StartSession; login_failed_threshold.updated; ' +
      'failed_jobs.listed; failed_login_report.viewed; CreateLoginProfile; GetSigninToken; auth.token_refresh_failed; auth.password_change_failed; ' +
      'account.locked_after_failed_logins; login.notification_failed; app.oauth2.authorize.code; user.session.impersonation.grant; auth.session.expired; ' +
      'policy.evaluate_sign_on; AssumeRole; GetPasswordData; job.failed; login_page.viewed; auth.login_failed.exported',
  );
  table(
    'failed',
    'auth.login_failed; auth.failed; AUTH_FAILURE; auth.invalid_credentials; user.login.denied; auth.unknown_user; sshd.failed_password',
    'auth.login; ConsoleLogin; payment.failed; record.delete_failed; login.attempt',
  );
  table(
    'needsOutcome',
    'login.attempt; auth.attempted; user.authentication.challenge',
    'auth.login; auth.login_failed',
  );
  table(
    'unknownAccount',
    'auth.invalid_user; auth.unknown_account',
    'auth.login_failed; auth.invalid_password; unknown.user',
  );
});

describe('what is done to data', () => {
  table(
    'deletion',
    'record.delete; record.deleted; gdpr_delete; DeleteObjects; repo.destroy; file.removed; table.truncate; TerminateInstances; ' +
      'ScheduleKeyDeletion; DELETE /api/users/1; cache.purged',
    'record.restore; TerminateSession; delete_policy.updated; deleted_items.listed; org.remove_member; RemovePermission; record.delete_failed; ListDeletedSecrets',
  );
  table(
    'export',
    'record.export; report.downloaded; audit_log.exported; StartExportTask; export.created; git.clone; DownloadDBLogFilePortion',
    'export_settings.updated; export.scheduled; document.share; record.read; export.deleted; GetObject',
  );
});

describe('who may do what', () => {
  table(
    'privilegeChange',
    'privilege.change; role_grant; permission.revoked; access.grant; AttachUserPolicy; CreateAccessKey; CreateLoginProfile; policy.rule.update; org.add_member; ' +
      'team.promote_maintainer; AddUserToGroup; user.account.privilege.grant; Add member to role.; UpdateAssumeRolePolicy',
    'auth.mfa_enabled; secret.accessed; plugin.installed; AssumeRole; GetRole; permission.denied; ListAttachedGroupPolicies; retention_policy.updated; PasswordUpdated; role.viewed',
  );
  table(
    'grant',
    'role_grant; privilege.change; AttachUserPolicy',
    'permission.revoked; DetachUserGroup; DeleteGroupPolicy',
  );
  table(
    'credentialChange',
    'CreateAccessKey; PasswordUpdated; auth.mfa_enabled',
    'role_grant; AttachUserPolicy',
  );
});

describe('what is logged and kept', () => {
  table(
    'auditDisabling',
    'DeleteTrail; StopLogging; DeleteFlowLogs; DeleteResolverQueryLogConfig; audit.disabled; audit_log.deleted; logs.cleared; StopConfigurationRecorder; ' +
      'DeleteLogGroup; system.log_stream.lifecycle.deactivate; DeleteRetentionPolicy; StopActivityStream',
    'StartLogging; UpdateTrail; audit_log.exported; work_log.deleted; backlog.deleted; StopInstances; audit_log.viewed; log.rotated',
  );
  table(
    'auditEnabling',
    'StartLogging; CreateTrail; StartActivityStream',
    'CreateLogStream; DeleteTrail; audit.created',
  );
  table(
    'auditChange',
    'PutEventSelectors; UpdateTrail; retention_policy.updated; log_level.changed; PutBucketLogging; audit_policy.changed',
    'customer_retention.updated; changelog.updated; PutLogEvents; login.updated; audit.completed; log.created; trail_mix.ordered',
  );
});

describe('making and approving', () => {
  table(
    'creation',
    'order.created; access.requested; approval.requested; CreateRole',
    'order.approved; order.viewed',
  );
  table(
    'approval',
    'order.approved; ApprovePullRequest; access_request.approve; approval.granted',
    'approved_vendors.listed; approved_vendor.created; approval.requested; AuthorizeSecurityGroupIngress; order.rejected',
  );

  test.each([
    ['order.created', 'order.approved'],
    ['access_request.created', 'access_request.approved'],
    ['access.requested', 'access.approved'],
    ['CreateOrders', 'order.approved'],
  ])('%s and %s are about the same noun', (one, other) => expect(nounOf(one)).toBe(nounOf(other)));

  test('an order and an invoice are not', () =>
    expect(nounOf('order.created')).not.toBe(nounOf('invoice.approved')));
});

test('classes of series follow actions and series that are added later', () => {
  const actions = new Dictionary(['auth.login']);
  const series = [{ actor: 0, action: 0 }];
  expect([...classesOfSeries({ actions, series })]).toEqual([actionClass.signIn]);
  series.push({ actor: 0, action: actions.codeOf('record.delete') });
  expect([...classesOfSeries({ actions, series })]).toEqual([actionClass.signIn, actionClass.deletion]);
});
