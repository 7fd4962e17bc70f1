// Puts on record that names are masked, that somebody looked behind a pseudonym, and that a person was erased.
import { longestUnmaskMinutes } from '#shared/model/privacy.ts';
import { Problem } from '#shared/model/problem.ts';
import { foldIdentity } from '../aliases.ts';
import { requireReviewer } from '../decide.ts';
import type { Ledger } from '../ledger.ts';
import { keyCheckOf, tokenOf } from '../../store/erasure/keyed-names.ts';

/** Masks or shows names; either ends every unmasking. Saying the same again records nothing, unless there is one to end. */
export function changeMask(
  ledger: Ledger,
  key: Buffer,
  change: { readonly isMasked: boolean; readonly purpose: string },
): void {
  ledger.append((state) => {
    const actor = requireReviewer(state).id;
    const { isMasked, purpose, unmaskings } = state.privacy;
    const said = change.purpose.toWellFormed().trim();
    if (said === '') throw noReason();
    if (isMasked === change.isMasked && purpose === said && unmaskings.length === 0) return [];
    const payload = { isMasked: change.isMasked, purpose: said, keyCheck: keyCheckOf(key) };
    return [{ type: 'mask-changed', subject: 'mask', actor, payload }];
  });
}

export type UnmaskRequest = {
  /** Null is everybody. */
  readonly pseudonym: string | null;
  readonly reason: string;
  readonly minutes: number;
  readonly nowMs: number;
};

const millisecondsPerMinute = 60_000;

/** @throws Problem `refused` while nobody is masked, `invalid-input`, `no-reviewer` */
export function unmask(ledger: Ledger, { pseudonym, reason, minutes, nowMs }: UnmaskRequest): void {
  ledger.append((state) => {
    const actor = requireReviewer(state).id;
    if (!state.privacy.isMasked)
      throw new Problem('refused', 'Names are not masked in this workspace. Nothing was recorded.');
    const said = reason.toWellFormed().trim();
    if (said === '') throw noReason();
    if (!(minutes > 0 && minutes <= longestUnmaskMinutes))
      throw new Problem(
        'invalid-input',
        'An unmasking lasts from one minute to eight hours. Nothing was recorded.',
      );
    const until = new Date(nowMs + minutes * millisecondsPerMinute).toISOString();
    return [{ type: 'unmask', subject: pseudonym, actor, payload: { pseudonym, reason: said, until } }];
  });
}

export type Erasure = { readonly actor: string; readonly pseudonym: string; readonly reason: string };

/**
 * Records whom not to mirror by name any more; the id itself is not written down.
 * @throws Problem `refused` for somebody who reviews here: whoever decided has to be named
 */
export function recordErasure(ledger: Ledger, key: Buffer, { actor, pseudonym, reason }: Erasure): void {
  ledger.append((state) => {
    const by = requireReviewer(state).id;
    const said = reason.toWellFormed().trim();
    if (said === '') throw noReason();
    if (state.independence.identities.has(foldIdentity(actor))) throw reviewsHere();
    if (state.privacy.erased.has(tokenOf(key, actor))) return [];
    const payload = { token: tokenOf(key, actor), pseudonym, reason: said, keyCheck: keyCheckOf(key) };
    return [{ type: 'erasure', subject: pseudonym, actor: by, payload }];
  });
}

/** @throws Problem `not-found` */
export function liftErasure(ledger: Ledger, pseudonym: string, reason: string): void {
  ledger.append((state) => {
    const actor = requireReviewer(state).id;
    const said = reason.toWellFormed().trim();
    if (said === '') throw noReason();
    if (![...state.privacy.erased.values()].some((person) => person.pseudonym === pseudonym))
      throw new Problem('not-found', 'Nobody erased goes by this pseudonym. Nothing was recorded.', {
        next: 'countersign pseudonyms lists those who do.',
      });
    return [{ type: 'erasure-lifted', subject: pseudonym, actor, payload: { pseudonym, reason: said } }];
  });
}

function reviewsHere(): Problem {
  return new Problem(
    'refused',
    'This person reviews here, or did. Who decided has to stay named for as long as the decisions are kept. Nothing was erased.',
    { next: 'Retire the whole workspace when its decisions need not be kept any longer.' },
  );
}

function noReason(): Problem {
  return new Problem('invalid-input', 'This needs a reason. Nothing was recorded.', {
    next: 'Say in a sentence why.',
  });
}
