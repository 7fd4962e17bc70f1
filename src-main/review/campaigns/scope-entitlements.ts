// The different entitlements a scope comes to, wherever it reads from; for whoever explains them before the campaign opens.
import {
  mostEntitlementsListed,
  type EntitlementScope,
  type ScopeEntitlements,
} from '#shared/model/campaign-entitlements.ts';
import type { PopulationRow } from '../../source/population-rows.ts';
import { readEntitlements } from '../../source/population-entitlements.ts';
import { filePopulation } from './file-population.ts';
import { handedFile, readHanded, sourceScope, type OpenScene } from './freeze-scope.ts';

/** @throws Problem as opening the campaign would, where the source cannot be read */
export async function scopeEntitlements(
  scene: OpenScene,
  wanted: EntitlementScope,
  signal?: AbortSignal,
): Promise<ScopeEntitlements> {
  const { scope } = wanted;
  if (scope.from === 'file')
    return countEntitlements(
      filePopulation(await readHanded(handedFile(scene.workspace, scope.sha256)), scope).items,
    );
  const { profile, connect } = await scene.source();
  return readEntitlements(connect, sourceScope(scene, wanted, scope, profile), signal);
}

function countEntitlements(items: readonly PopulationRow[]): ScopeEntitlements {
  const found = [...Map.groupBy(items, ({ entitlement }) => entitlement)].map(([entitlement, members]) => ({
    entitlement,
    rows: members.reduce((sum, { rows }) => sum + rows, 0),
    subjects: new Set(members.map(({ subject }) => subject)).size,
  }));
  return {
    distinct: found.length,
    entitlements: found
      .toSorted((a, b) => b.rows - a.rows || (a.entitlement < b.entitlement ? -1 : 1))
      .slice(0, mostEntitlementsListed),
  };
}
