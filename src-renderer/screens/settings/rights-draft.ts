// What is entered to have grants printed, and the request it makes.
import type { GrantRequest } from '#shared/contract/grants.ts';

export type RightsDraft = {
  reviewerRole: string;
  readerRole: string;
  /** `schema.table`, asked only where no connection names it. */
  table: string;
  withInsert: boolean;
  withAnomalies: boolean;
};

export const emptyRightsDraft: RightsDraft = {
  reviewerRole: '',
  readerRole: '',
  table: '',
  withInsert: false,
  withAnomalies: false,
};

/** Null while something that is needed is missing. Names are taken to the letter: roles may hold any character. */
export function readRightsDraft(draft: RightsDraft, isConnected: boolean): GrantRequest | null {
  const { reviewerRole, readerRole, table, withInsert, withAnomalies } = draft;
  if (reviewerRole === '' || (!isConnected && table === '')) return null;
  const dot = table.indexOf('.');
  const named = dot > 0 ? { schema: table.slice(0, dot), table: table.slice(dot + 1) } : { table };
  if (!isConnected && named.table === '') return null;
  return {
    reviewerRole,
    ...(readerRole === '' ? {} : { readerRole }),
    ...(isConnected ? {} : named),
    withInsert,
    withAnomalies,
  };
}
