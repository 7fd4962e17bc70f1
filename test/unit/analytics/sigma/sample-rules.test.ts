// Every rule that is delivered is read, finds what it is for, and leaves alone what only looks like it.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { HistoryEvent } from '../../../../src-main/analytics/history/build-history.ts';
import { explainRule } from '../../../../src-main/analytics/sigma/explain-rule.ts';
import { parseRules, privilegedTag } from '../../../../src-main/analytics/sigma/parse-rules.ts';
import { privilegedActions } from '../../../../src-main/analytics/sigma/privileged-events.ts';
import { sigmaDetectors } from '../../../../src-main/analytics/sigma/rule-detector.ts';
import { event, historyOf, matchedIds, scopeOf, type EventDraft } from './make-rules.ts';

const folder = 'resources/rules';
const rules = readdirSync(folder).flatMap((name) => parseRules(readFileSync(`${folder}/${name}`, 'utf8')));
const ruleOf = (key: string) => {
  const rule = rules.find((rule) => rule.key === key);
  if (!rule) throw new Error(`There is no rule ${key}`);
  return rule;
};

const aws = (action: string, request: unknown = {}, more: EventDraft = {}): EventDraft => ({
  action,
  ...more,
  fields: { outcome: 'success', actorType: 'user', userAgent: 'aws-cli/2.13', ...more.fields },
  metadata: { identity_type: 'AssumedRole', request, ...(more.metadata as object | undefined) },
});
const refused = { fields: { outcome: 'failure' } };

/** For each rule about single events: events it must match, and near misses. */
const cases: Readonly<
  Record<string, { readonly hits: readonly EventDraft[]; readonly misses: readonly EventDraft[] }>
> = {
  'privileged-audit-log': {
    hits: [{ action: 'privilege.change' }, { action: 'schema_alter' }],
    misses: [{ action: 'privilege.view' }, { action: 'auth.login' }],
  },
  'privileged-by-name': {
    hits: [{ action: 'org.role.assigned' }, { action: 'api_key.created' }, { action: 'admin.grant_owner' }],
    misses: [{ action: 'role.list' }, { action: 'payroll.updated' }, { action: 'document.share' }],
  },
  'privileged-aws': {
    hits: [
      aws('CreateAccessKey'),
      aws('AuthorizeSecurityGroupIngress'),
      aws('ModifyDBInstance', { masterUserPassword: '****' }),
    ],
    misses: [
      aws('ListAccessKeys'),
      aws('CreateAccessKey', {}, refused),
      aws('CreateServiceLinkedRole'),
      aws('ModifyDBInstance', {}),
    ],
  },
  'privileged-okta-github': {
    hits: [{ action: 'user.account.privilege.grant' }, { action: 'hook.create' }],
    misses: [{ action: 'user.session.start' }, { action: 'repo.create' }],
  },
  'log-tampering': {
    hits: [
      aws('StopLogging'),
      aws('DeleteFlowLogs'),
      aws('PutEventSelectors', { eventSelectors: [{ includeManagementEvents: false }] }),
    ],
    misses: [
      aws('StartLogging'),
      aws('StopLogging', {}, refused),
      aws('PutEventSelectors', { eventSelectors: [{ includeManagementEvents: true }] }),
    ],
  },
  'log-tampering-by-name': {
    hits: [
      { action: 'audit_log.purge' },
      { action: 'system.disable_audit' },
      { action: 'retention.shortened' },
    ],
    misses: [
      { action: 'audit_log.read' },
      { action: 'catalog.delete' },
      { action: 'blog.deleted' },
      { action: 'auth.login.stopped' },
    ],
  },
  'safeguard-weakened': {
    hits: [
      aws('DeleteBucketEncryption'),
      aws('PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } }),
      { action: 'protected_branch.destroy', fields: { outcome: 'success' } },
      { action: 'secret_scanning.disable', fields: { outcome: 'success' } },
    ],
    misses: [
      aws('PutBucketEncryption'),
      aws('PutBucketVersioning', { VersioningConfiguration: { Status: 'Enabled' } }),
      aws('DeleteDBSnapshot', {}, refused),
      { action: 'secret_scanning.enable', fields: { outcome: 'success' } },
    ],
  },
  'sign-in-weakened': {
    hits: [
      { action: 'user.mfa.factor.deactivate' },
      { action: 'org.disable_two_factor_requirement' },
      { action: 'auth.mfa_disabled' },
    ],
    misses: [{ action: 'user.mfa.factor.activate' }, { action: 'auth.mfa_enabled' }],
  },
  'made-public': {
    hits: [
      aws('ModifySnapshotAttribute', { createVolumePermission: { add: { items: [{ group: 'all' }] } } }),
      aws('ModifyDBInstance', { publiclyAccessible: true }),
      aws('PutBucketPolicy', { bucketPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: '*' } }] } }),
      aws('UpdateAssumeRolePolicy', { policyDocument: '{"Statement":[{"Principal": "*"}]}' }),
      aws('AuthorizeSecurityGroupIngress', {
        ipPermissions: { items: [{ ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }] },
      }),
    ],
    misses: [
      aws('ModifySnapshotAttribute', { createVolumePermission: { add: { items: [{ group: 'none' }] } } }),
      aws('ModifyDBInstance', { publiclyAccessible: false }),
      aws('PutBucketPolicy', {
        bucketPolicy: { Statement: [{ Effect: 'Allow', Principal: { Service: 'x.example' } }] },
      }),
      aws('PutBucketPolicy', { bucketPolicy: { Statement: [{ Principal: { AWS: '*' } }] } }, refused),
      aws('CreateNetworkAclEntry', { cidrBlock: '0.0.0.0/0', egress: true }),
    ],
  },
  'root-used': {
    hits: [aws('ConsoleLogin', {}, { metadata: { identity_type: 'Root' } })],
    misses: [aws('ConsoleLogin'), aws('ListUsers', {}, { metadata: { identity_type: 'Root' } })],
  },
  'sign-in-without-second-factor': {
    hits: [aws('ConsoleLogin', {}, { metadata: { identity_type: 'IAMUser', mfa: 'No' } })],
    misses: [
      aws('ConsoleLogin', {}, { metadata: { identity_type: 'IAMUser', mfa: 'Yes' } }),
      aws('ConsoleLogin', {}, { ...refused, metadata: { identity_type: 'IAMUser', mfa: 'No' } }),
    ],
  },
  'threat-reported': {
    hits: [
      { action: 'security.threat.detected' },
      { action: 'user.session.start', metadata: { raw: { securityContext: { isProxy: true } } } },
    ],
    misses: [{ action: 'user.session.start', metadata: { raw: { securityContext: { isProxy: false } } } }],
  },
  'administrator-made': {
    hits: [aws('AttachUserPolicy', { policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' })],
    misses: [aws('AttachUserPolicy', { policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })],
  },
  'administrator-role-granted': {
    hits: [{ action: 'role_grant', metadata: { role: 'Admin' } }],
    misses: [
      { action: 'role_grant', metadata: { role: 'reader' } },
      { action: 'role_revoke', metadata: { role: 'admin' } },
    ],
  },
  'code-changed-by-hand': {
    hits: [
      aws('UpdateFunctionCode20150331v2', {}, { metadata: { identity_type: 'IAMUser' } }),
      aws('ModifyInstanceAttribute', { userData: 'x' }),
    ],
    misses: [aws('UpdateFunctionCode20150331v2'), aws('ModifyInstanceAttribute', { instanceType: 'x' })],
  },
  'data-destroyed': {
    hits: [aws('DeleteDBCluster'), { action: 'repo.destroy', fields: { outcome: 'success' } }],
    misses: [
      aws('DeleteDBCluster', {}, refused),
      aws('DeleteObject'),
      aws('DeleteBucket', {}, { fields: { actorType: 'system' } }),
    ],
  },
  'data-copied': {
    hits: [aws('StartExportTask'), aws('CopyDBSnapshot')],
    misses: [
      aws('DescribeDBSnapshots'),
      aws('CreateDBSnapshot', {}, { actor: 'assumed-role/backup/nightly' }),
    ],
  },
  'attack-tool': {
    hits: [{ action: 'GetCallerIdentity', fields: { userAgent: 'TruffleHog' } }],
    misses: [{ action: 'GetCallerIdentity', fields: { userAgent: 'aws-cli/2' } }],
  },
  'package-manager-changed-repository': {
    hits: [
      { action: 'git.push', fields: { userAgent: 'npm/9.8.1 node/v18' } },
      { action: 'repo.destroy', fields: { userAgent: 'NPM/9' } },
    ],
    misses: [
      { action: 'git.push', fields: { userAgent: 'git/2.40' } },
      { action: 'git.clone', fields: { userAgent: 'npm/9.8.1' } },
      { action: 'git.push', fields: { userAgent: 'npmfriend' } },
    ],
  },
  'secrets-read': {
    hits: [aws('GetSecretValue'), aws('GetParameter', { withDecryption: true })],
    misses: [
      aws('GetParameter', { withDecryption: false }),
      aws('GetSecretValue', {}, { fields: { actorType: 'service' } }),
    ],
  },
  failed_sign_in: { hits: [{ action: 'auth.login_failed' }], misses: [{ action: 'auth.login' }] },
  failed_sign_in_by_outcome: {
    hits: [{ action: 'ConsoleLogin', fields: { outcome: 'failure' } }],
    misses: [{ action: 'ConsoleLogin', fields: { outcome: 'success' } }],
  },
  rights_given: { hits: [{ action: 'role_grant' }], misses: [{ action: 'role_revoke' }] },
  data_exported: {
    hits: [{ action: 'record.export' }, { action: 'report.exported' }],
    misses: [{ action: 'exporter.restart' }, { action: 'report.run' }],
  },
};

describe('the delivered rules', () => {
  test('have keys, levels and sentences of their own, and make detectors', () => {
    expect(new Set(rules.map(({ key }) => key)).size).toBe(rules.length);
    expect(sigmaDetectors(rules).length).toBeGreaterThan(15);
    for (const rule of rules) expect(explainRule(rule).length, rule.key).toBeLessThan(1500);
  });

  test('define privileged actions without raising anything for them', () => {
    const definitions = rules.filter(({ tags }) => tags.includes(privilegedTag));
    expect(definitions.length).toBeGreaterThan(2);
    expect(definitions.filter(({ raisesHits }) => raisesHits)).toEqual([]);
    expect(
      privilegedActions(rules, [
        'privilege.change',
        'secret.accessed',
        'plugin.installed',
        'role_grant',
        'auth.login',
        'record.read',
      ]),
    ).toEqual(new Set(['privilege.change', 'secret.accessed', 'plugin.installed', 'role_grant']));
  });

  test('about single events all have their examples', () => {
    expect(Object.keys(cases).toSorted()).toEqual(
      rules
        .filter(({ kind }) => kind === 'event')
        .map(({ key }) => key)
        .toSorted(),
    );
  });

  test.each(Object.entries(cases))(
    '%s finds what it is for, and not what is near it',
    (key, { hits, misses }) => {
      const wanted = hits.map(event);
      const history = historyOf([...wanted, ...misses.map(event)]);
      expect(matchedIds(ruleOf(key), history)).toEqual(wanted.map(({ id }) => id));
    },
  );
});

describe('the delivered correlations', () => {
  const found = (key: string, events: readonly HistoryEvent[]) => {
    const history = historyOf(events);
    const detector = sigmaDetectors(rules).find(({ id }) => id === `sigma:${key}`);
    return detector!.run(history, scopeOf(history)).map(({ entity }) => entity.value);
  };
  const sequence = (count: number, draft: (at: number) => EventDraft, secondsApart = 20) =>
    Array.from({ length: count }, (_, at) =>
      event({ ...draft(at), at: new Date(Date.UTC(2026, 10, 2, 9, 0, at * secondsApart)).toISOString() }),
    );
  const ip = '203.0.113.9';

  test.each([
    ['failed-sign-ins-of-actor', { action: 'auth.login_failed' }, 'dana'],
    ['failed-sign-ins-from-address', { action: 'auth.login_failed', fields: { ip } }, ip],
    ['failed-sign-ins-by-outcome', { action: 'ConsoleLogin', fields: { ip, outcome: 'failure' } }, ip],
  ] as const)('%s needs ten within five minutes', (key, draft, entity) => {
    expect(
      found(
        key,
        sequence(10, () => draft),
      ),
    ).toEqual([entity]);
    expect(
      found(
        key,
        sequence(9, () => draft),
      ),
    ).toEqual([]);
    expect(
      found(
        key,
        sequence(10, () => draft, 40),
      ),
    ).toEqual([]);
  });

  test('many-accounts-from-address needs five people', () => {
    const draft = (people: number) => (at: number) => ({
      action: 'auth.login_failed',
      actor: `p${at % people}`,
      fields: { ip },
    });
    expect(found('many-accounts-from-address', sequence(8, draft(5)))).toEqual([ip]);
    expect(found('many-accounts-from-address', sequence(8, draft(4)))).toEqual([]);
  });

  test('grant-then-export needs that order and the same person', () => {
    const grant = event({ at: '2026-11-02T09:00:00Z', action: 'role_grant' });
    const early = event({ at: '2026-11-02T08:00:00Z', action: 'record.export' });
    const late = event({ at: '2026-11-02T09:29:00Z', action: 'record.export' });
    expect(found('grant-then-export', [grant, late])).toEqual(['dana']);
    expect(found('grant-then-export', [early, grant])).toEqual([]);
    expect(found('grant-then-export', [grant, { ...late, actor: 'erin' }])).toEqual([]);
  });
});
