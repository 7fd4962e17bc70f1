// Which tenant each event belongs to, read from the events themselves; events that are gone have none to give.
import type { Mapping } from '#shared/model/connection.ts';
import type { SourceClient } from './client.ts';
import { columnOf, textExpression } from './event-expressions.ts';
import { conditions, parameters, selectEvents } from './event-query.ts';
import { confirmMapping } from './mapping.ts';
import { askForArrays } from './query.ts';
import { decoder, type EventRow } from './events.ts';
import { assertInStep } from './in-step.ts';
import type { SourceEvent } from './source-event.ts';

export type TenantEvent = SourceEvent & { readonly tenantId: string | null };

const tenantColumn = 'tenant_id';

/**
 * Reads the events of these ids in a span of time, as they are now, each with its tenant: the column `tenant_id` of the events,
 * which the review table has as well. Without that column nothing says which tenant it is.
 */
export async function readTenantEvents(
  client: SourceClient,
  mapping: Mapping,
  sourceAccount: string | null,
  wanted: {
    readonly ids: readonly string[];
    readonly fromMicroseconds: number;
    readonly untilMicroseconds: number;
  },
  signal?: AbortSignal,
): Promise<TenantEvent[]> {
  if (wanted.ids.length === 0) return [];
  const table = await confirmMapping(client, mapping);
  const { values, bind } = parameters();
  const scope = { ...wanted, sourceAccount };
  const hasTenant = table.columns.get(tenantColumn)?.canSelect === true;
  const isUuid = table.columns.get(mapping.columns.id?.column ?? '')?.baseType === 'uuid';
  const ids = `ARRAY(SELECT jsonb_array_elements_text(${bind(JSON.stringify(wanted.ids))}::jsonb))`;
  const id = isUuid ? columnOf(mapping, 'id') : textExpression(mapping, 'id', bind);
  const text = `${selectEvents(mapping, scope, bind, [hasTenant ? `${tenantColumn}::text AS tenant` : 'NULL::text AS tenant'])}
WHERE ${conditions(mapping, scope, null, bind)}
  AND ${id} = ANY (${ids}${isUuid ? '::uuid[]' : ''})`;
  const rows = await askForArrays<[...EventRow, string | null]>(client, { text, values }, signal);
  await assertInStep(client, signal);
  const decode = decoder(mapping, table);
  return rows.map(withTenant).map(([tenantId, row]) => ({ ...decode(row), tenantId }));
}

function withTenant(row: [...EventRow, string | null]): [string | null, EventRow] {
  const [id, at, account, actor, name, type, action, kind, resource, ip, agent, severity, data, tenant] = row;
  return [tenant, [id, at, account, actor, name, type, action, kind, resource, ip, agent, severity, data]];
}
