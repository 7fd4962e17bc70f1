// The account of the operating system this program runs under.
import { userInfo } from 'node:os';
import type { OsUser } from '#shared/model/independence.ts';

/** Null where the system knows no account by the number the program runs under, as in some containers. */
export function readOsUser(): OsUser | null {
  try {
    const { username, uid } = userInfo();
    return { name: username.toWellFormed(), uid: uid >= 0 ? uid : null };
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
