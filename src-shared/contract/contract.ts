// Every procedure of the workstation, once. Doors and screens derive their types from here.
import { profile } from './actor-profile.ts';
import { sources } from './sources-health.ts';
import { triage } from './triage.ts';
import { activity, actors, detectors, findings } from './analytics.ts';
import { anomalies } from './anomalies.ts';
import { campaignFiles } from './campaign-files.ts';
import { campaignFollowUp } from './campaign-follow-up.ts';
import { campaignOversight } from './campaign-oversight.ts';
import { campaignSources } from './campaign-sources.ts';
import { campaigns } from './campaigns.ts';
import { conflicts } from './conflicts.ts';
import { context } from './context.ts';
import { detection } from './detection.ts';
import { browser } from './events-browser.ts';
import { evidence } from './evidence.ts';
import { exported } from './exports.ts';
import { grants } from './grants.ts';
import { independence } from './independence.ts';
import { keys } from './keys.ts';
import { ledger } from './ledger.ts';
import { reviews } from './review.ts';
import { source } from './source.ts';
import { privacy } from './privacy.ts';
import { trust } from './trust.ts';
import { audit } from './work-papers.ts';
import { jobs, refresh, sync, workspace } from './workspace.ts';

export const contract = {
  workspace,
  jobs,
  source,
  grants,
  refresh,
  findings,
  anomalies,
  detection,
  detectors,
  actors,
  activity,
  browser,
  context,
  triage,
  sources,
  profile,
  reviews,
  independence,
  conflicts,
  sync,
  evidence,
  trust,
  privacy,
  exported,
  keys,
  ledger,
  audit,
  campaigns,
  campaignFiles,
  campaignFollowUp,
  campaignOversight,
  campaignSources,
};
