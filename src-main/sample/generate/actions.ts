// Every kind of event the audited system writes: what it is about, and how severe that is.
import type { Severity } from './model.ts';
import type { Random } from './random.ts';

interface Action {
  resourceType: string;
  severity: Severity;
  resource: (random: Random) => string;
}

const numbered =
  (prefix: string, low: number, high: number) =>
  (random: Random): string =>
    `${prefix}-${random.between(low, high)}`;
const oneOf =
  (...names: string[]) =>
  (random: Random): string =>
    random.pick(names);

const secrets = oneOf(
  'payments-api-key',
  'smtp-relay',
  'backup-encryption',
  'crm-webhook',
  'db-replica-login',
);
const schemas = oneOf(
  'billing.invoices',
  'crm.contacts',
  'hr.absences',
  'warehouse.stock',
  'reporting.daily',
);
const plugins = oneOf('export-csv', 'sso-bridge', 'calendar-sync', 'pdf-render', 'mail-templates');
const dashboards = oneOf('sales-week', 'open-tickets', 'cash-flow', 'uptime', 'stock-levels');
const reports = oneOf('aged-debt', 'revenue', 'headcount', 'churn', 'stock-turn', 'sla');

const actions: Record<string, Action> = {
  'auth.login': { resourceType: 'session', severity: 'info', resource: () => '' },
  'auth.logout': { resourceType: 'session', severity: 'info', resource: () => '' },
  'auth.login_failed': { resourceType: 'session', severity: 'warning', resource: () => '' },
  'auth.mfa_enabled': { resourceType: 'user', severity: 'info', resource: () => '' },
  'privilege.change': { resourceType: 'group', severity: 'warning', resource: numbered('group', 1, 24) },
  'secret.accessed': { resourceType: 'secret', severity: 'warning', resource: secrets },
  'plugin.installed': { resourceType: 'plugin', severity: 'warning', resource: plugins },
  'plugin.uninstalled': { resourceType: 'plugin', severity: 'warning', resource: plugins },
  role_grant: { resourceType: 'user', severity: 'warning', resource: () => '' },
  schema_alter: { resourceType: 'table', severity: 'warning', resource: schemas },
  'document.read': { resourceType: 'document', severity: 'info', resource: numbered('doc', 1000, 8999) },
  'document.update': { resourceType: 'document', severity: 'info', resource: numbered('doc', 1000, 8999) },
  'document.share': { resourceType: 'document', severity: 'info', resource: numbered('doc', 1000, 8999) },
  'record.read': { resourceType: 'record', severity: 'info', resource: numbered('rec', 10_000, 99_999) },
  'record.create': { resourceType: 'record', severity: 'info', resource: numbered('rec', 10_000, 99_999) },
  'record.update': { resourceType: 'record', severity: 'info', resource: numbered('rec', 10_000, 99_999) },
  'record.export': { resourceType: 'record-set', severity: 'warning', resource: numbered('set', 100, 999) },
  'record.delete': { resourceType: 'record', severity: 'warning', resource: numbered('rec', 10_000, 99_999) },
  'report.run': { resourceType: 'report', severity: 'info', resource: reports },
  'ticket.update': { resourceType: 'ticket', severity: 'info', resource: numbered('tkt', 20_000, 29_999) },
  'search.query': {
    resourceType: 'index',
    severity: 'info',
    resource: oneOf('documents', 'records', 'tickets'),
  },
  'dashboard.view': { resourceType: 'dashboard', severity: 'info', resource: dashboards },
  'backup.verify': { resourceType: 'volume', severity: 'info', resource: numbered('vol', 1, 12) },
  'sync.push': {
    resourceType: 'feed',
    severity: 'info',
    resource: oneOf('crm', 'erp', 'warehouse', 'payroll'),
  },
  'health.check': {
    resourceType: 'service',
    severity: 'info',
    resource: oneOf('api', 'queue', 'search', 'mail'),
  },
};

export const actionNames: readonly string[] = Object.keys(actions);

/** @throws RangeError for an action that is not in the catalogue */
export function actionNamed(name: string): Action {
  const action = actions[name];
  if (action === undefined) throw new RangeError(`Unknown action ${name}.`);
  return action;
}

/** Roles that can be granted; the last two are rarely and make the grant critical. */
export const grantableRoles = [
  'viewer',
  'editor',
  'billing',
  'support-lead',
  'auditor',
  'admin',
  'owner',
] as const;
const roleWeights = [30, 30, 14, 10, 10, 4, 2];

export function pickRole(random: Random): string {
  return grantableRoles[random.pickWeighted(roleWeights)] ?? 'viewer';
}

/** What a privileged person does, in proportion; the order is that of `privilegedActions`. */
export const privilegedWeights = [42, 22, 20, 8, 5, 3];
