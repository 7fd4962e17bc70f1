// Which person of a campaign signed a file of decisions, and whether that is the reviewer the file names.
import type { DecisionsStatement } from '#shared/model/campaign-files.ts';
import type { CampaignDefinition, CampaignPerson } from '#shared/model/campaign.ts';
import { Problem } from '#shared/model/problem.ts';
import { assertIdentity, signerIdentity } from '../../evidence/signer-identity.ts';
import { foldIdentity, isSamePerson, type Identities } from '../aliases.ts';

type Claimed = Pick<DecisionsStatement, 'reviewer'>;

/**
 * The person of the campaign whose key signed. The identity is the one the key is believed under, so that nobody hands in
 * decisions of somebody else.
 * @throws Problem `refused`
 */
export function signingReviewer(
  { people }: CampaignDefinition,
  identities: Identities,
  { reviewer }: Claimed,
  believedAs: string,
): CampaignPerson {
  const signer = foldIdentity(believedAs);
  const person = people.find((one) => identitiesOf(one).includes(signer));
  if (person === undefined)
    throw refused(
      'Whoever signed this file is none of the people of the campaign.',
      'Check the e-mail addresses in the definition of the campaign, or who signed.',
    );
  if (isSamePerson(identities, person.id, reviewer.id) || isKnownByAddress(person, reviewer, signer))
    return person;
  throw refused(
    'This file was signed by somebody else than the reviewer it names.',
    'Let the reviewer sign their decisions with their own key.',
  );
}

/** As a list of signers may name this person: by e-mail address, else by id. */
const identitiesOf = ({ id, name, email }: CampaignPerson): string[] =>
  [null, ...(email === null ? [] : [email])].map((address) =>
    foldIdentity(assertIdentity(signerIdentity({ id, name, email: address }))),
  );

/** A reviewer may go by another id in their own workspace; the e-mail address they sign under is then what they are known by. */
const isKnownByAddress = ({ email }: CampaignPerson, reviewer: CampaignPerson, signer: string): boolean =>
  email !== null &&
  reviewer.email !== null &&
  foldIdentity(reviewer.email) === foldIdentity(email) &&
  identitiesOf(reviewer).includes(signer);

const refused = (what: string, next: string): Problem =>
  new Problem('refused', `${what} Nothing was taken from this file.`, { next });
