// The German texts; a key that is missing is a type error.
import type { Texts } from '../en-GB/english.ts';
import actors from './actors.json';
import app from './app.json';
import appearance from './appearance.json';
import audit from './audit.json';
import campaignFiles from './campaign-files.json';
import campaignFollowUp from './campaign-follow-up.json';
import campaignItems from './campaign-items.json';
import campaignOversight from './campaign-oversight.json';
import campaigns from './campaigns.json';
import common from './common.json';
import components from './components.json';
import conflicts from './conflicts.json';
import domain from './domain.json';
import events from './events.json';
import evidence from './evidence.json';
import findings from './findings.json';
import heatmap from './heatmap.json';
import ledger from './ledger.json';
import overview from './overview.json';
import queue from './queue.json';
import settings from './settings.json';
import sources from './sources.json';
import verdicts from './verdicts.json';
import welcome from './welcome.json';

export const german: Texts = {
  actors,
  app,
  appearance,
  audit,
  campaigns,
  campaignItems,
  campaignFiles,
  campaignFollowUp,
  campaignOversight,
  common,
  components,
  conflicts,
  domain,
  events,
  evidence,
  findings,
  heatmap,
  ledger,
  overview,
  queue,
  settings,
  sources,
  verdicts,
  welcome,
};
