// Verbs of the campaign command that look at files: before anything is taken from one, who still has what, what was not taken over.
import { resolve } from 'node:path';
import { trustInForce } from '../../api/trust-in-force.ts';
import { lookAtFile } from '../../review/campaigns/look-at-file.ts';
import { trustFrom } from './audit-arguments.ts';
import { taking, type CampaignVerb, type CampaignVerbs } from './campaign-command.ts';
import { withStage } from './campaign-file-verbs.ts';
import { facts, printable, table } from './print.ts';

/** Ends with 1 where nobody vouches for the key; a file that is refused fails as it would when it is taken in. */
const look: CampaignVerb = async ({ workstation, values }, rest) => {
  const [path = ''] = taking(['FILE.zip'], rest);
  const station = await workstation();
  const trust = trustInForce(station, trustFrom(values));
  const json = await lookAtFile(resolve(path), trust, station.ledger.state());
  const { by, to, signer, ...others } = json;
  const head = {
    ...withStage(others),
    by: by.name,
    to: to?.name ?? null,
    signer: signer.identity,
    key: signer.fingerprint,
  };
  return { json, text: facts(head), exitCode: json.standing === 'vouched' ? 0 : 1 };
};

const shares: CampaignVerb = async ({ call }, rest) => {
  const [id = ''] = taking(['CAMPAIGN'], rest);
  const json = await (await call()).campaignFiles.shares({ id });
  return { json, text: table(json.map(withStage), ['person', 'stage', 'open', 'decided', 'inConflict']) };
};

const refusals: CampaignVerb = async ({ call }, rest) => {
  const [id = '', sha256 = ''] = taking(['CAMPAIGN', 'SHA256'], rest);
  const json = await (await call()).campaignFiles.refusals({ id, sha256 });
  const lines = json.refused.map(({ subject, entitlement, why }) =>
    printable(`“${entitlement ?? '?'}” of “${subject ?? '?'}”: ${why}`),
  );
  return { json, text: [`${json.total} not taken over`, ...lines].join('\n') };
};

export const fileViewVerbs: CampaignVerbs = {
  verbs: { look, shares, refusals },
  usages: [
    'look FILE.zip [--signers FILE]   (1 where nobody vouches for its key)',
    'shares CAMPAIGN',
    'refusals CAMPAIGN SHA256',
  ],
  options: {},
};
