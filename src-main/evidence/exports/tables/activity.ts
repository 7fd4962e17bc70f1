// The columns of events as they are mirrored, and of the risk of actors.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import type { ActorRisk } from '#shared/model/story.ts';
import { together, type Column } from '../table.ts';

export const eventColumns: readonly Column<AuditEvent>[] = [
  ['event', (event) => event.id],
  ['created_at', (event) => event.createdAt],
  ['source_account', (event) => event.sourceAccount],
  ['actor', (event) => event.actor],
  ['actor_name', (event) => event.actorName],
  ['actor_type', (event) => event.actorType],
  ['action', (event) => event.action],
  ['resource_type', (event) => event.resourceType],
  ['resource_id', (event) => event.resourceId],
  ['ip', (event) => event.ip],
  ['user_agent', (event) => event.userAgent],
  ['severity', (event) => event.severity],
  ['metadata', (event) => event.metadata],
];

export const actorColumns: readonly Column<ActorRisk>[] = [
  ['source_account', (one) => one.sourceAccount],
  ['actor', (one) => one.actor],
  ['actor_name', (one) => one.actorName],
  ['at', (one) => one.at],
  ['risk', (one) => one.score],
  ['beyond_100', (one) => one.overflow],
  ['half_life_days', (one) => one.halfLifeDays],
  ['findings', (one) => together(one.contributions.map(({ finding }) => finding))],
];
