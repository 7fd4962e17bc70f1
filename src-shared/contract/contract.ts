// Every procedure of the workstation, once. Doors and screens derive their types from here.
import { activity, actors, detectors, findings } from './analytics.ts';
import { anomalies } from './anomalies.ts';
import { conflicts } from './conflicts.ts';
import { detection } from './detection.ts';
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
};
