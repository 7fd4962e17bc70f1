// The one-time token that ties a browser window to the workstation that printed its address.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export const tokenHeader = 'x-countersign-token';

/** 256 random bits as 43 characters that need no escaping in a URL. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares by digest, so neither the length nor the first differing character shows in the time taken. */
export function isSameToken(offered: string | undefined, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(offered ?? ''), digest(expected)) && offered !== undefined;
}
