// Column mappings of the audit tables this program knows by name, best known first.
import type { Mapping } from '#shared/model/connection.ts';

export type Preset = Omit<Mapping, 'schema'>;

const auditLogColumns: Mapping['columns'] = {
  id: { column: 'id' },
  createdAt: { column: 'created_at' },
  sourceAccount: { column: 'source_account_id' },
  actor: { column: 'actor_user_id' },
  actorName: { column: 'metadata', jsonKey: 'actor_name' },
  actorType: { column: 'actor_type' },
  action: { column: 'event_type' },
  resourceType: { column: 'resource_type' },
  resourceId: { column: 'resource_id' },
  ip: { column: 'ip_address' },
  userAgent: { column: 'user_agent' },
  severity: { column: 'severity' },
  metadata: { column: 'metadata' },
};

export const presets: readonly Preset[] = [
  { preset: 'np_auditlog_events', table: 'np_auditlog_events', columns: auditLogColumns },
  {
    preset: 'np_audit_log',
    table: 'np_audit_log',
    columns: {
      id: { column: 'id' },
      createdAt: { column: 'created_at' },
      sourceAccount: { column: 'tenant_id' },
      actor: { column: 'user_id' },
      action: { column: 'action' },
      ip: { column: 'context', jsonKey: 'ip' },
      metadata: { column: 'context' },
    },
  },
  // Documented under this name with the same events; no published migration creates it.
  { preset: 'np_audit_events', table: 'np_audit_events', columns: auditLogColumns },
];
