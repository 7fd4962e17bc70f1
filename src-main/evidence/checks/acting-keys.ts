// With which keys people acted in a workspace: which were revoked by then, and beside which the recipient knows another of that person.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { foldIdentity } from '../../review/aliases.ts';
import { namedActs } from '../key-proofs.ts';

export type ActingKey = {
  readonly fingerprint: string;
  readonly publicKey: string;
  readonly identity: string;
  readonly holder: string;
  /** How many decisions and other acts were recorded in the holder’s name while this was the key in use. */
  readonly acts: number;
  /** The numbers of those recorded after the ledger revoked the key. */
  readonly afterRevocation: readonly number[];
};

type Held = {
  -readonly [Member in keyof ActingKey]: ActingKey[Member] extends readonly number[]
    ? number[]
    : ActingKey[Member];
};
type Particulars = Pick<ActingKey, 'publicKey' | 'identity'>;

const entriesOfKeys: ReadonlySet<string> = new Set(['key-created', 'key-taken-up', 'key-rotated']);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** To be called with every entry, in ledger order. */
export function actingKeys() {
  const known = new Map<string, Particulars>();
  const held = new Map<string, Held>();
  const revoked = new Set<string>();
  let present: Held | null = null;
  const take = (fingerprint: string, { actor, payload }: LedgerEntry): Held => {
    const before = known.get(fingerprint);
    const publicKey = textOf(payload['publicKey']) || (before?.publicKey ?? '');
    const identity = textOf(payload['identity']) || (before?.identity ?? '');
    known.set(fingerprint, { publicKey, identity });
    const name = `${fingerprint} ${foldIdentity(actor)}`;
    const one = held.get(name) ?? {
      fingerprint,
      publicKey,
      identity,
      holder: actor,
      acts: 0,
      afterRevocation: [],
    };
    held.set(name, one);
    return one;
  };
  return {
    add: (entry: LedgerEntry): void => {
      const { type, subject, actor, seq } = entry;
      if (type === 'key-revoked' && subject !== null) revoked.add(subject);
      else if (entriesOfKeys.has(type) && subject !== null) present = take(subject, entry);
      else if (
        present !== null &&
        namedActs.has(type) &&
        foldIdentity(present.holder) === foldIdentity(actor)
      ) {
        present.acts += 1;
        if (revoked.has(present.fingerprint)) present.afterRevocation.push(seq);
      }
    },
    /** Every key in somebody’s hands, in the order they came; with some of them nothing was done. */
    found: (): readonly ActingKey[] => [...held.values()],
  };
}
