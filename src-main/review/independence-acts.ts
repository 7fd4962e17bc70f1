// Puts on record under which other ids a reviewer is known, and which decisions need a second person.
import { fourEyesRules, type AliasList, type FourEyesRule } from '#shared/model/independence.ts';
import { Problem } from '#shared/model/problem.ts';
import { canonicalJson } from '../evidence/entry-hash.ts';
import { foldIdentity, isSamePerson } from './aliases.ts';
import { requireReviewer } from './decide.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerState } from './projection.ts';

export type AliasRequest = {
  /** Further ids of the present reviewer. */
  readonly add: readonly string[];
  readonly reason: string;
  /** Said when an added id reviewed here itself and is the same person all the same. */
  readonly isSamePerson?: boolean | undefined;
};

/** Everybody's aliases as stated, the first reviewer first. */
export function listAliases({ independence }: LedgerState): AliasList[] {
  return [...independence.aliases].map(([reviewer, aliases]) => ({ reviewer, aliases: [...aliases] }));
}

/**
 * Adds aliases of the present reviewer. There is no taking them off: that would be the way to review one's own actions.
 * @throws Problem `invalid-input`, or `refused` when an id belongs to somebody who reviews here and nobody said it is the
 *   same person
 */
export function addAliases(ledger: Ledger, request: AliasRequest): AliasList[] {
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    const before = [...(state.independence.aliases.get(reviewer.id) ?? [])];
    const after = withAdded(before, request.add);
    if (after.length === before.length) return [];
    const strangers = after.slice(before.length).filter((id) => isSomebodyElse(state, reviewer.id, id));
    if (strangers.length > 0 && request.isSamePerson !== true)
      throw new Problem(
        'refused',
        'Somebody reviewed here under one of these ids. An alias cannot be taken back, and two ids of one person cannot be each other’s second reviewer. Nothing was recorded.',
        {
          next: 'If it is the same person, say so (on the command line: --same-person); if not, leave that id out.',
        },
      );
    return [
      {
        type: 'aliases-changed',
        subject: reviewer.id,
        actor: reviewer.id,
        payload: { reviewer: reviewer.id, before, after, reason: requireReason(request.reason) },
      },
    ];
  });
  return listAliases(ledger.state());
}

function withAdded(before: readonly string[], add: readonly string[]): string[] {
  const after = [...before];
  for (const id of add.map((one) => one.toWellFormed().trim())) {
    if (id === '' || /\p{Cc}/u.test(id))
      throw new Problem('invalid-input', 'An alias is one line of text. Nothing was recorded.', {
        next: 'Give the id as it stands in the audit events.',
      });
    if (!after.some((known) => foldIdentity(known) === foldIdentity(id))) after.push(id);
  }
  return after;
}

function isSomebodyElse({ independence }: LedgerState, reviewer: string, id: string): boolean {
  const { identities } = independence;
  return identities.has(foldIdentity(id)) && !isSamePerson(identities, reviewer, id);
}

/**
 * Replaces the rules that ask for a second person; what was decided before keeps what it was decided under.
 * @throws Problem `invalid-input`
 */
export function changeFourEyes(
  ledger: Ledger,
  request: { readonly rules: readonly FourEyesRule[]; readonly reason: string },
): FourEyesRule[] {
  const text = JSON.stringify(request.rules, (_, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed() : value,
  );
  const after = fourEyesRules.parse(JSON.parse(text));
  ledger.append((state) => {
    const before = state.independence.fourEyes;
    const actor = requireReviewer(state).id;
    if (canonicalJson(before) === canonicalJson(after)) return [];
    return [
      {
        type: 'four-eyes-changed',
        subject: 'four-eyes',
        actor,
        payload: { before: [...before], after, reason: requireReason(request.reason) },
      },
    ];
  });
  return [...ledger.state().independence.fourEyes];
}

function requireReason(text: string): string {
  const reason = text.toWellFormed().trim();
  if (reason !== '') return reason;
  throw new Problem('invalid-input', 'This change needs a reason. Nothing was recorded.', {
    next: 'Say in a sentence why.',
  });
}
