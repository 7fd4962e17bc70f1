// A key that was unlocked for this session: in memory only, wiped when it is locked, when nobody does anything, and at the end.
import { signerOfSeed } from '../evidence/keys.ts';
import type { Signer } from '../evidence/sshsig.ts';

export type KeySession = {
  /** Keeps the private half, 32 bytes, from now on; the caller must not use the buffer again. */
  readonly unlock: (fingerprint: string, seed: Buffer) => void;
  /** A signer that works as long as the key is unlocked; null when this key is not. */
  readonly signer: (fingerprint: string) => Signer | null;
  /** Somebody did something: the idle time begins anew. */
  readonly touch: () => void;
  readonly lock: () => void;
  /** Milliseconds since the epoch at which it is locked if nobody does anything; null while it is. */
  readonly lockedAtMs: () => number | null;
};

export type KeySessionOptions = {
  readonly nowMs: () => number;
  readonly idleMs: () => number;
  /** Called just before an idle key is wiped, with the last use of it. Must not throw. */
  readonly beforeIdleLock?: (signer: Signer) => void;
};

/** A timer that comes later than this slept with the computer; what it wipes does not sign any more. */
const latenessMs = 5_000;

type Unlocked = {
  readonly fingerprint: string;
  readonly seed: Buffer;
  usedMs: number;
  timer: NodeJS.Timeout | null;
};

export function createKeySession({ nowMs, idleMs, beforeIdleLock }: KeySessionOptions): KeySession {
  let unlocked: Unlocked | null = null;

  const lock = (): void => {
    if (unlocked?.timer) clearTimeout(unlocked.timer);
    unlocked?.seed.fill(0);
    unlocked = null;
  };
  /** A computer that slept did not count the time, and a clock that was put back must not lengthen it. */
  const inTime = (): Unlocked | null => {
    if (unlocked === null) return null;
    const idleForMs = nowMs() - unlocked.usedMs;
    if (idleForMs >= 0 && idleForMs < idleMs()) return unlocked;
    lock();
    return null;
  };
  const watch = (key: Unlocked): void => {
    if (key.timer) clearTimeout(key.timer);
    key.usedMs = nowMs();
    key.timer = setTimeout(() => {
      const isOnTime = nowMs() - key.usedMs < idleMs() + latenessMs;
      if (isOnTime) beforeIdleLock?.(signerOfSeed(key.seed));
      lock();
    }, idleMs());
    // A key that waits to be wiped must not keep the program running.
    key.timer.unref();
  };
  return {
    unlock: (fingerprint, seed) => {
      lock();
      unlocked = { fingerprint, seed, usedMs: nowMs(), timer: null };
      watch(unlocked);
    },
    signer: (fingerprint) => {
      const key = inTime();
      return key?.fingerprint === fingerprint ? signerOfSeed(key.seed) : null;
    },
    touch: () => {
      const key = inTime();
      if (key) watch(key);
    },
    lock,
    lockedAtMs: () => {
      const key = inTime();
      return key && key.usedMs + idleMs();
    },
  };
}
