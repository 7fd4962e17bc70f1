// Every procedure of the workstation, once. Doors and screens derive their types from here.
import { activity, actors, detectors, findings } from './analytics.ts';
import { detection } from './detection.ts';
import { evidence } from './evidence.ts';
import { reviews } from './review.ts';
import { source } from './source.ts';
import { jobs, refresh, sync, workspace } from './workspace.ts';

export const contract = {
  workspace,
  jobs,
  source,
  refresh,
  findings,
  detection,
  detectors,
  actors,
  activity,
  reviews,
  sync,
  evidence,
};
