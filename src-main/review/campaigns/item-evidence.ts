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
import { readActorsWithFindings } from '../../store/cache/actor-sightings.ts';
import { readFirstHolders, readHolders } from '../../store/cache/campaign-holders.ts';
import { readHorizon, readLastRun } from '../../store/cache/runs.ts';
import type { MirroredHistory } from '../../store/cache/resident.ts';
import { foldIdentity, identitiesOf, type Identities } from '../aliases.ts';
import { earlierDecisionsIn } from '../earlier-decisions.ts';
import { isIn, listFindingsAbout } from '../findings.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import {
  activityOf,
  indexedCells,
  walkedCells,
  type ActivityScene,
  type CellsOf,
} from './evidence-activity.ts';
import { periodBounds } from './freeze-scope.ts';
import { itemIndexOf, readItems } from './item-index.ts';
import { earlierDecisions, type ListScene } from './list-items.ts';
import { deskOf, stageOf, type Desk } from './place-to-decide.ts';
import { remembered } from './remembered.ts';
import { standingOf } from './standing.ts';
import { takenEvidence } from './taken-evidence.ts';
import { walkSteps } from './walk-steps.ts';

export type EvidenceScene = ListScene & Pick<ActivityScene, 'history' | 'observed'>;

/** @throws Problem `not-found`, or as {@link itemIndexOf} */
export async function itemEvidence(scene: EvidenceScene, id: string, key: string): Promise<CampaignEvidence> {
  const record = campaignOf(scene.state, id);
  const item = (await readItems(scene, record, [key])).get(key);
  if (item === undefined)
    throw new Problem('not-found', 'The frozen population of this campaign holds no such item.');
  if (record.opened === null)
    return (await takenEvidence(scene.workspace, record, key)) ?? withoutEvidence(scene, record);
  const index = await itemIndexOf(scene, record);
  return evidenceOf(scene, record, { index, cells: walkedCells })(item);
}

/** The same for one item after the other: what many of them share is looked up once. */
export async function evidenceOfMany(
  scene: EvidenceScene,
  record: CampaignRecord,
): Promise<(item: CampaignItem) => CampaignEvidence> {
  const index = await itemIndexOf(scene, record);
  const activity = activityScene(scene, record);
  const cells = await walkSteps(indexedCells(activity));
  return evidenceOf(scene, record, { index, cells: () => cells });
}

/** Subjects and rights that are remembered at a time: their answers take a few kilobytes each. */
const mostRemembered = 5_000;

type Lookups = {
  /** Of {@link itemIndexOf}. */
  readonly index: number;
  readonly cells: (scene: ActivityScene) => CellsOf;
};

/** Tells what the workspace that opened the campaign knows of its items. */
function evidenceOf(
  scene: EvidenceScene,
  record: CampaignRecord,
  { index, cells }: Lookups,
): (item: CampaignItem) => CampaignEvidence {
  const { cache, state, history } = scene;
  const desk = deskOf(state, record, scene.nowMs * 1000);
  const { period, ...head } = headOf(scene, record);
  const activity = activityScene(scene, record);
  const activityFor = activityOf(activity, cells(activity));
  const actorsOf = actorFinder(history, desk.identities);
  const isLookedFor = readLastRun(cache) !== null;
  const withFindings = readActorsWithFindings(cache);
  const idsWithFindings = (subject: string): string[] =>
    idsOf(history, subject, actorsOf(subject)).filter((id) => withFindings.has(id));
  const foundAbout = remembered(mostRemembered, (subject) =>
    findingsAbout(scene, idsWithFindings(subject), period),
  );
  const findingsOf = (subject: string): CampaignEvidence['findings'] => {
    if (!isLookedFor) return nothingLookedFor;
    return idsWithFindings(subject).length === 0 ? noFindings : foundAbout(subject);
  };
  const holdersOf = remembered(mostRemembered, (name) => holdersIn(cache, index, name));
  const reviewsOf = earlierDecisionsIn(cache, state);
  return (item) => {
    const action = actionOf(history, item);
    const { subject, subjectType } = item;
    const { use, privileged } = activityFor({ actors: actorsOf(subject), action });
    const { others, ...holders } = holdersOf(nameOfRight(item));
    return {
      ...head,
      from: 'here',
      period: inWords(period),
      use,
      privileged,
      peers: {
        isKnown: true,
        subjectType,
        ...holders,
        others: others.filter((other) => other.subject !== subject).slice(0, mostPeersNamed),
      },
      findings: findingsOf(subject),
      earlier: {
        isKnown: true,
        campaigns: earlierDecisions(state, record, item),
        reviews: reviewsOf({ actor: subject, action }),
      },
      stages: stagesBefore(desk, item),
    };
  };
}

function activityScene(scene: EvidenceScene, record: CampaignRecord): ActivityScene {
  const { period, zone } = headOf(scene, record);
  const { privilegedActions } = scene.state;
  return { ...scene, end: endOf(scene), zone, period, privilegedActions };
}

const idsOf = ({ actors }: MirroredHistory, subject: string, numbers: readonly number[]): string[] => [
  ...new Set([subject, ...numbers.map((number) => actors[number]!.actor)]),
];

/** A right as one text; a type of nobody is an empty one in the index, too. */
const nameOfRight = ({ subjectType, entitlement }: CampaignItem): string =>
  `${subjectType ?? ''}\0${entitlement}`;

function rightNamed(name: string): { subjectType: string; entitlement: string } {
  const end = name.indexOf('\0');
  return { subjectType: name.slice(0, end), entitlement: name.slice(end + 1) };
}

function holdersIn(cache: EvidenceScene['cache'], index: number, name: string) {
  const right = rightNamed(name);
  return {
    ...readHolders(cache, index, right),
    // One more than are named, because whoever it is about may be among them.
    others: readFirstHolders(cache, index, right, mostPeersNamed + 1),
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

/** Finds the subject under each id the mirror has for them. */
function actorFinder({ actors }: MirroredHistory, identities: Identities): (subject: string) => number[] {
  const byId = new Map<string, number[]>();
  const note = (id: string, number: number): void => {
    const known = byId.get(id);
    if (known === undefined) byId.set(id, [number]);
    else if (known.at(-1) !== number) known.push(number);
  };
  for (const [number, { actor, firstMicroseconds, lastMicroseconds }] of actors.entries()) {
    if (firstMicroseconds > lastMicroseconds) continue;
    note(actor, number);
    note(foldIdentity(actor), number);
  }
  return (subject) => {
    if (subject === '') return [];
    const person = identitiesOf(identities, subject);
    const areTheirs = new Set(person);
    const found = [subject, ...person].flatMap((id) => byId.get(id) ?? []);
    return [...new Set(found)]
      .filter((number) => {
        const { actor } = actors[number]!;
        return actor === subject || areTheirs.has(foldIdentity(actor));
      })
      .toSorted((a, b) => a - b);
  };
}

/** Null where the right is not one action everywhere: then no event tells whether it was used. */
function actionOf({ actions }: MirroredHistory, { entitlement, resource }: CampaignItem): string | null {
  return resource === null && actions.find(entitlement) !== undefined ? entitlement : null;
}

const noFindings: CampaignEvidence['findings'] = { isKnown: true, total: 0, open: 0, findings: [] };

const nothingLookedFor: UnknownPart = {
  isKnown: false,
  because: 'Nothing was looked for in this workspace yet.',
};

function findingsAbout(
  { cache, state }: ListScene,
  ids: readonly string[],
  period: { from: number; to: number },
): CampaignEvidence['findings'] {
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
