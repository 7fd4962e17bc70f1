// The list of signers a verification was given: whose it is, how it is named in sentences, and whether it still speaks.
import { parseAllowedSigners, type AllowedSigner } from '../allowed-signers.ts';
import { isOrganisationList, parseOrganisationList } from '../organisation-list.ts';
import { wholeSeconds } from './signing-time.ts';

export type GivenList = {
  /** Null when there is none, or none that still says anything. */
  readonly signers: readonly AllowedSigner[] | null;
  /** Why there is none. */
  readonly absence: string;
  readonly name: string;
};

export type ListOptions = {
  readonly signers?: string | undefined;
  readonly now: string;
  readonly zone?: string | undefined;
};

/** @throws Problem `invalid-input` for a list that cannot be read. */
export function readGivenList({ signers: text, now, zone = 'UTC' }: ListOptions): GivenList {
  const name = 'the list of allowed signers';
  if (text === undefined) return { signers: null, absence: 'no list of allowed signers was given', name };
  if (!isOrganisationList(text)) return { signers: parseAllowedSigners(text, zone), absence: '', name };
  const list = parseOrganisationList(text, zone);
  const ownName = `version ${list.version} of the organisation’s list of signers`;
  const hasEnded = list.validUntil !== null && wholeSeconds(list.validUntil) < wholeSeconds(now);
  return {
    signers: hasEnded ? null : list.signers,
    absence: `${ownName} has ended on ${list.validUntil?.slice(0, 10) ?? ''}, and a newer one was not taken`,
    name: ownName,
  };
}
