// What a pack says of access reviews on the word of whoever signed it, as a sentence.
import type { OpenedCampaign } from '../parts/campaign-lines.ts';

/** Whether a campaign was compared with one whose items are not before its own in the pack, so that nobody can compare again. */
const isComparedUnseen = (packed: readonly OpenedCampaign[]): boolean =>
  packed.some(
    ({ opened: { previous } }, place) =>
      previous !== null && !packed.slice(0, place).some(({ id }) => id === previous.campaign),
  );

/** What stands in the ledger on the word of whoever signed; the files and databases it was read from are not in a pack. */
export const assertedIn = (packed: readonly OpenedCampaign[]): string => {
  const unkept = packed.some(({ imports }) => imports.some(({ kept }) => kept === undefined));
  const asserted = [
    'what the source held',
    ...(isComparedUnseen(packed)
      ? ['how it differs from an earlier population that the pack does not hold before it']
      : []),
    'who of several people acted in this workspace',
    'how long and at what they looked',
    ...(unkept
      ? ['that decisions by file whose file is not in the pack were signed by their reviewers']
      : []),
    'what a later population showed at a re-check',
  ];
  return ` Asserted by the signer, and not to be proven from the pack: ${asserted.join(', ')}, and what testing a sample showed.`;
};
