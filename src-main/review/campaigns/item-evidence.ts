// Everything known beside an item of a campaign that helps to decide it: asked for when a person opens it, never for a whole list.
import type { CampaignItem } from '#shared/model/campaign.ts';
import {
  mostEvidenceFindings,
  mostPeersNamed,
  type CampaignEvidence,
  type UnknownPart,
} from '#shared/model/campaign-evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { severityRank } from '#shared/model/severity.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { readHolders, readOtherHolders } from '../../store/cache/campaign-holders.ts';
import { readHorizon, readLastRun } from '../../store/cache/runs.ts';
import type { MirroredHistory } from '../../store/cache/resident.ts';
import { foldIdentity, identitiesOf, type Identities } from '../aliases.ts';
import { earlierDecisionsOn } from '../earlier-decisions.ts';
import { isIn, listFindingsAbout } from '../findings.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import { subjectActivity, type ActivityScene } from './evidence-activity.ts';
import { periodBounds } from './freeze-scope.ts';
import { itemIndexOf, readItems } from './item-index.ts';
import { earlierDecisions, type ListScene } from './list-items.ts';
import { deskOf, stageOf, type Desk } from './place-to-decide.ts';
import { standingOf } from './standing.ts';
import { takenEvidence } from './taken-evidence.ts';

export type EvidenceScene = ListScene & Pick<ActivityScene, 'history' | 'observed'>;

/** @throws Problem `not-found`, or as {@link itemIndexOf} */
export async function itemEvidence(scene: EvidenceScene, id: string, key: string): Promise<CampaignEvidence> {
  const record = campaignOf(scene.state, id);
  const item = (await readItems(scene, record, [key])).get(key);
  if (item === undefined)
    throw new Problem('not-found', 'The frozen population of this campaign holds no such item.');
  if (record.opened === null)
    return (await takenEvidence(scene.workspace, record, key)) ?? withoutEvidence(scene, record);
  return evidenceOf(scene, record, item, await itemIndexOf(scene, record));
}

/** What the workspace that opened the campaign knows of one of its items. @param index of {@link itemIndexOf} */
export function evidenceOf(
  scene: EvidenceScene,
  record: CampaignRecord,
  item: CampaignItem,
  index: number,
): CampaignEvidence {
  const { cache, state, history } = scene;
  const desk = deskOf(state, record, scene.nowMs * 1000);
  const { period, ...head } = headOf(scene, record);
  const actors = actorsOf(history, desk.identities, item.subject);
  const action = actionOf(history, item);
  const { use, privileged } = subjectActivity(
    {
      ...scene,
      end: endOf(scene),
      zone: head.zone,
      period,
      privilegedActions: state.privilegedActions,
    },
    { actors, action },
  );
  const ids = [...new Set([item.subject, ...actors.map((number) => history.actors[number]!.actor)])];
  return {
    ...head,
    from: 'here',
    period: inWords(period),
    use,
    privileged,
    peers: {
      isKnown: true,
      subjectType: item.subjectType,
      ...readHolders(cache, index, item),
      others: readOtherHolders(cache, index, item, mostPeersNamed),
    },
    findings: findingsAbout(scene, ids, period),
    earlier: {
      isKnown: true,
      campaigns: earlierDecisions(state, record, item),
      reviews: earlierDecisionsOn(cache, state, { actor: item.subject, action }),
    },
    stages: stagesBefore(desk, item),
  };
}

/** Items that came as a file are decided where nothing else of their campaign is known. */
function withoutEvidence(scene: ListScene, record: CampaignRecord): CampaignEvidence {
  const { period, ...head } = headOf(scene, record);
  const part: UnknownPart = {
    isKnown: false,
    because: 'Not known here: the items came as a file, and nothing of this came with them.',
  };
  return {
    ...head,
    from: 'none',
    period: inWords(period),
    use: part,
    peers: part,
    findings: part,
    privileged: part,
    earlier: part,
    stages: [],
  };
}

function headOf({ nowMs }: ListScene, { definition }: CampaignRecord) {
  return { asOf: formatInstant(nowMs * 1000), zone: definition.zone, period: periodBounds(definition) };
}

const inWords = ({ from, to }: { from: number; to: number }) => ({
  from: formatInstant(from),
  to: formatInstant(to),
});

/** After a replay nothing later than its as-of counts. */
const endOf = ({ cache, nowMs }: ListScene): number => (readHorizon(cache) ?? nowMs * 1000) + 1;

/** The subject under each id the mirror has for them. */
function actorsOf({ actors }: MirroredHistory, identities: Identities, subject: string): number[] {
  if (subject === '') return [];
  const person = new Set(identitiesOf(identities, subject));
  return [...actors.keys()].filter((number) => {
    const { actor, firstMicroseconds, lastMicroseconds } = actors[number]!;
    const isSeen = firstMicroseconds <= lastMicroseconds;
    return isSeen && (actor === subject || person.has(foldIdentity(actor)));
  });
}

/** Null where the right is not one action everywhere: then no event tells whether it was used. */
function actionOf({ actions }: MirroredHistory, { entitlement, resource }: CampaignItem): string | null {
  return resource === null && actions.find(entitlement) !== undefined ? entitlement : null;
}

function findingsAbout(
  { cache, state }: ListScene,
  ids: readonly string[],
  period: { from: number; to: number },
): CampaignEvidence['findings'] {
  if (readLastRun(cache) === null)
    return { isKnown: false, because: 'Nothing was looked for in this workspace yet.' };
  const known = new Set<string>();
  const found = ids
    .flatMap((id) => listFindingsAbout(cache, state, id))
    .filter(({ id, start }) => {
      const at = parseInstant(start);
      const isNew = !known.has(id) && at >= period.from && at < period.to;
      if (isNew) known.add(id);
      return isNew;
    })
    .toSorted((a, b) => severityRank(b.severity) - severityRank(a.severity));
  return {
    isKnown: true,
    total: found.length,
    open: found.filter((finding) => isIn('open', finding)).length,
    findings: found
      .slice(0, mostEvidenceFindings)
      .map(({ id, detector, severity, start, action, explanation, disposition }) => ({
        id,
        detector,
        severity,
        start,
        action,
        explanation,
        disposition,
      })),
  };
}

function stagesBefore(desk: Desk, item: CampaignItem): CampaignEvidence['stages'] {
  const { record, identities } = desk;
  const present = stageOf(desk, item);
  return standingOf(record, item, identities).decisions.flatMap((made, stage) => {
    if (made === null || stage >= present) return [];
    const { decision, reviewerName, decidedAt, reason } = made;
    const { name } = record.definition.stages[stage]!;
    return [{ stage, name, decision, reviewerName, decidedAt, reason }];
  });
}
