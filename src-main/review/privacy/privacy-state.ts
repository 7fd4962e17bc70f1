// The part of the ledger's state that says whether actors are masked, who looked behind the mask, and who was erased.
import { z } from 'zod';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import {
  erasedPerson,
  pseudonym,
  type ErasedPerson,
  type Privacy,
  type Unmasking,
} from '#shared/model/privacy.ts';
import { instant } from '#shared/time/instant.ts';

const keyCheck = z.string().regex(/^[0-9a-f]{64}$/);

export const maskPayload = z.strictObject({ isMasked: z.boolean(), purpose: z.string(), keyCheck });

export const unmaskPayload = z.strictObject({
  pseudonym: pseudonym.nullable(),
  reason: z.string(),
  until: instant,
});

export const erasurePayload = z.strictObject({
  /** A keyed hash of the id; the key stays in the workspace. */
  token: z.string().regex(/^[0-9a-f]{64}$/),
  pseudonym,
  reason: z.string(),
  keyCheck,
});

export const erasureLiftedPayload = z.strictObject({ pseudonym, reason: z.string() });

export type PrivacyState = {
  isMasked: boolean;
  purpose: string | null;
  /** Since the mask was switched last, oldest first; also those whose time is over. */
  unmaskings: readonly Unmasking[];
  /** By token. */
  readonly erased: Map<string, ErasedPerson>;
  /** Of the key that all of this was written with; null while nothing was. */
  keyCheck: string | null;
};

export function emptyPrivacy(): PrivacyState {
  return { isMasked: false, purpose: null, unmaskings: [], erased: new Map(), keyCheck: null };
}

/** Applies one entry, in ledger order; entries about anything else change nothing. */
export function applyPrivacy(
  state: PrivacyState,
  { type, actor, wall_time: at, payload }: LedgerEntry,
): void {
  switch (type) {
    case 'mask-changed': {
      const change = maskPayload.parse(payload);
      Object.assign(state, change, { unmaskings: [] });
      return;
    }
    case 'unmask': {
      const unmask = unmaskPayload.safeParse(payload);
      // One older than masks: it shows nobody.
      if (!unmask.success) return;
      const { until, reason, pseudonym: whom } = unmask.data;
      state.unmaskings = [...state.unmaskings, { pseudonym: whom, reason, by: actor, at, until }];
      return;
    }
    case 'erasure': {
      const erasure = erasurePayload.parse(payload);
      state.keyCheck = erasure.keyCheck;
      state.erased.set(erasure.token, erasedPerson.parse({ ...erasure, by: actor, at }));
      return;
    }
    case 'erasure-lifted': {
      const { pseudonym: whom } = erasureLiftedPayload.parse(payload);
      for (const [token, person] of state.erased) if (person.pseudonym === whom) state.erased.delete(token);
      return;
    }
    default:
      return;
  }
}

/** @param now an instant, against which it is judged which unmaskings are over */
export function describePrivacy(state: PrivacyState, now: string): Privacy {
  return {
    isMasked: state.isMasked,
    purpose: state.purpose,
    unmaskings: inForce(state, now),
    erased: [...state.erased.values()],
  };
}

/** Null is nobody left masked: everybody is shown, or there is no mask. */
export function unmaskedNow(state: PrivacyState, now: string): ReadonlySet<string> | null {
  if (!state.isMasked) return null;
  const shown = inForce(state, now).map(({ pseudonym: whom }) => whom);
  return shown.includes(null) ? null : new Set(shown.filter((whom) => whom !== null));
}

const inForce = ({ unmaskings }: PrivacyState, now: string): Unmasking[] =>
  unmaskings.filter(({ until }) => Date.parse(until) > Date.parse(now));
