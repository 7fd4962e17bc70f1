// The different entitlements a scope comes to, wherever it reads from; for whoever explains them before the campaign opens.
import {
  mostEntitlementsListed,
  type EntitlementScope,
  type ScopeEntitlements,
} from '#shared/model/campaign-entitlements.ts';
import { readEntitlements } from '../../source/population-entitlements.ts';
import { filePopulation } from './file-population.ts';
import { handedFile, readHanded, sourceScope, type OpenScene } from './freeze-scope.ts';
import { walkSteps } from './walk-steps.ts';

/** @throws Problem as opening the campaign would, where the source cannot be read */
export async function scopeEntitlements(
  scene: OpenScene,
  wanted: EntitlementScope,
  signal?: AbortSignal,
): Promise<ScopeEntitlements> {
  const { scope } = wanted;
  if (scope.from === 'file')
    return walkSteps(
      fileEntitlements(await readHanded(handedFile(scene.workspace, scope.sha256)), scope),
      signal,
    );
  const { profile, connect } = await scene.source();
  return readEntitlements(connect, sourceScope(scene, wanted, scope, profile), signal);
}

const itemsAtOnce = 5_000;

function* fileEntitlements(
  bytes: Uint8Array,
  scope: Parameters<typeof filePopulation>[1],
): Generator<undefined, ScopeEntitlements> {
  const { items } = yield* filePopulation(bytes, scope);
  const found = new Map<string, { rows: number; subjects: Set<string> }>();
  for (const [place, { entitlement, subject, rows }] of items.entries()) {
    const known = found.get(entitlement) ?? { rows: 0, subjects: new Set() };
    known.rows += rows;
    known.subjects.add(subject);
    found.set(entitlement, known);
    if (place % itemsAtOnce === 0) yield undefined;
  }
  return {
    distinct: found.size,
    entitlements: [...found]
      .map(([entitlement, { rows, subjects }]) => ({ entitlement, rows, subjects: subjects.size }))
      .toSorted((a, b) => b.rows - a.rows || (a.entitlement < b.entitlement ? -1 : 1))
      .slice(0, mostEntitlementsListed),
  };
}
