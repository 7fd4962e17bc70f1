// What is known about an item of a campaign besides its frozen line, in a few lines.
import type { CampaignEvidence, UnknownPart } from '#shared/model/campaign-evidence.ts';
import { taking, type CampaignVerb } from './campaign-command.ts';
import { facts } from './print.ts';

export const evidence: CampaignVerb = async ({ call }, rest) => {
  const [id = '', key = ''] = taking(['CAMPAIGN', 'ITEM'], rest);
  const json = await (await call()).campaigns.evidence({ id, key });
  return { json, text: facts(evidenceInWords(json)) };
};

function evidenceInWords({ use, peers, findings, privileged, earlier, ...seen }: CampaignEvidence) {
  const said = <Part extends { readonly isKnown: true }>(
    part: Part | UnknownPart,
    words: (known: Part) => string,
  ) => (part.isKnown ? words(part) : `unknown: ${part.because}`);
  return {
    from: seen.from,
    period: `${seen.period.from} to ${seen.period.to}`,
    use: said(
      use,
      ({ events, uses, lastEventAt }) =>
        `${events} events, ${uses ?? 'unknown'} uses of the right; last event ${lastEventAt ?? 'none'}`,
    ),
    peers: said(peers, ({ holders, subjects }) => `${holders} of ${subjects} of the same type hold it`),
    findings: said(findings, ({ total, open: stillOpen }) => `${total}, ${stillOpen} open`),
    privileged: said(privileged, ({ total, lastAt }) => `${total} events, the last ${lastAt ?? 'none'}`),
    earlier: said(
      earlier,
      ({ campaigns, reviews }) => `${campaigns.length} on this right, ${reviews.total} on review items`,
    ),
  };
}
