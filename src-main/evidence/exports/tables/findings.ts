// The columns of findings and of the stories they fold into.
import type { Finding } from '#shared/model/finding.ts';
import type { FindingCase } from '#shared/model/story.ts';
import { canonicalJson } from '../../entry-hash.ts';
import { together, type Column } from '../table.ts';

export const findingColumns: readonly Column<Finding>[] = [
  ['finding', (one) => one.id],
  ['version', (one) => one.version],
  ['severity', (one) => one.severity],
  ['detector', (one) => one.detector],
  ['method_version', (one) => one.methodVersion],
  ['source_account', (one) => one.sourceAccount],
  ['actor', (one) => one.actor],
  ['actor_name', (one) => one.actorName],
  ['entity_kind', (one) => one.entity.kind],
  ['entity', (one) => one.entity.value],
  ['action', (one) => one.action],
  ['start', (one) => one.start],
  ['end', (one) => one.end],
  ['count', (one) => one.count],
  ['score', (one) => one.score],
  ['threshold', (one) => one.threshold],
  ['explanation', (one) => one.explanation],
  ['evidence', (one) => canonicalJson(one.evidence)],
  ['events', (one) => together(one.eventIds)],
  ['found_at', (one) => one.foundAt],
  ['disposition', (one) => one.disposition],
  ['disposition_note', (one) => one.dispositionNote],
  ['disposed_at', (one) => one.disposedAt],
  ['disposed_by', (one) => one.disposedBy],
  ['waits_for_second_person', (one) => one.proposal?.disposition ?? null],
  ['suppressed_by', (one) => one.suppressedBy],
  ['blind_check', (one) => one.blindCheck],
];

export const storyColumns: readonly Column<FindingCase>[] = [
  ['story', (one) => one.id],
  ['severity', (one) => one.severity],
  ['title', (one) => one.title],
  ['source_account', (one) => one.sourceAccount],
  ['actors', (one) => together(one.actors)],
  ['start', (one) => one.start],
  ['end', (one) => one.end],
  ['detectors', (one) => together(one.detectors)],
  ['score', (one) => one.score],
  ['open_findings', (one) => one.open],
  ['findings', (one) => together(one.members)],
  ['second_tier', (one) => one.isSecondTier],
];
