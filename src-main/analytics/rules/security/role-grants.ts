// Grants of a role, as the metadata of an event tells them: which role, and to whom.
import type { History } from '../../history/history.ts';
import { textAt, type Segment } from '../../history/segment.ts';
import { wordsOf } from '../outcome.ts';
import { actionsThat } from '../reading.ts';

export interface RoleGrant {
  /** Lower case. */
  readonly role: string;
  /** Null when the event does not say who got it. */
  readonly grantee: string | null;
}

const roleKeys = ['role', 'role_name', 'roleName', 'new_role', 'newRole', 'to_role', 'granted_role'];
const granteeKeys = (
  'target target_user target_user_id targetUser targetUserId grantee member ' +
  'user user_id userId user_name userName username subject to'
).split(' ');

const grantVerbs = new Set(
  'grant granted assign assigned add added attach attached change changed update updated set'.split(' '),
);
const roleNouns = new Set('role roles privilege privileges permission permissions admin'.split(' '));

/** “role_grant”, “privilege.change”, “roles.assigned”: something is done to who may do what. Taking away is no grant. */
export function isRoleGrant(action: string): boolean {
  const words = wordsOf(action);
  return words.some((word) => roleNouns.has(word)) && words.some((word) => grantVerbs.has(word));
}

/** 1 for each action, by number, that may grant a role. */
export function roleGrantActions(history: History): Uint8Array {
  return actionsThat(history, isRoleGrant);
}

/** The grant an event tells of; null when its metadata names no role. Only to be asked of events that may grant one. */
export function roleGrantAt(segment: Segment, index: number): RoleGrant | null {
  const metadata = parseObject(textAt(segment, 'metadata', index));
  if (metadata === null) return null;
  const role = firstText(metadata, roleKeys);
  if (role === null) return null;
  return { role: role.toLowerCase(), grantee: firstText(metadata, granteeKeys) };
}

function parseObject(text: string | null): Readonly<Record<string, unknown>> | null {
  if (text === null || !text.trimStart().startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function firstText(metadata: Readonly<Record<string, unknown>>, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = metadata[key];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return null;
}
