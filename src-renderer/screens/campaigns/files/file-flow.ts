// Who has what: each person's part in each stage, with what was handed out to them and what came back.
import type { CampaignDefinition, CampaignPerson } from '#shared/model/campaign.ts';
import type { ReviewerShare } from '#shared/model/campaign-file-views.ts';
import type { CampaignFileList } from '#shared/model/campaign-files.ts';

export type CampaignFileLine = CampaignFileList[number];

/**
 * not-handed-out: items wait and no file left · out: a file left, and nothing came back since · partly-back: decisions came, and
 * items are open still · here: it is the person of this workspace, who decides without a file · settled: nothing is open.
 */
export const flowStandings = ['out', 'partly-back', 'not-handed-out', 'here', 'settled'] as const;
export type FlowStanding = (typeof flowStandings)[number];

export type FlowRow = {
  /** Null for items nobody of the campaign may review. */
  readonly person: CampaignPerson | null;
  readonly stage: number;
  readonly open: number;
  readonly decided: number;
  readonly inConflict: number;
  /** The newest file of each direction; null where there is none. */
  readonly handedOut: CampaignFileLine | null;
  readonly cameBack: CampaignFileLine | null;
  readonly standing: FlowStanding;
};

type Scene = {
  readonly definition: Pick<CampaignDefinition, 'people'>;
  readonly shares: readonly ReviewerShare[];
  /** The newest first. */
  readonly files: CampaignFileList;
  /** Id of whoever reviews in this workspace; null where nobody does yet. */
  readonly here: string | null;
};

/** Those who are waited for stand first, then those who have nothing yet; each by stage, then in the order of the people. */
export function flowRows({ definition, shares, files, here }: Scene): FlowRow[] {
  const places = new Map(shares.map((share) => [placeOf(share.person, share.stage), share]));
  for (const { kind, person, stage } of files) {
    const place = placeOf(person, stage ?? 0);
    if (kind === 'handed-out' && stage !== null && !places.has(place))
      places.set(place, { person, stage, open: 0, decided: 0, inConflict: 0 });
  }
  const order = definition.people.map(({ id }) => id);
  const rankOf = ({ person }: FlowRow) => (person === null ? order.length : order.indexOf(person.id));
  return [...places.values()]
    .map((share) => rowOf(share, definition.people, files, here))
    .toSorted(
      (a, b) =>
        flowStandings.indexOf(a.standing) - flowStandings.indexOf(b.standing) ||
        a.stage - b.stage ||
        rankOf(a) - rankOf(b),
    );
}

const placeOf = (person: string | null, stage: number): string => `${stage} ${person ?? ''}`;

function rowOf(
  { person, stage, ...counts }: ReviewerShare,
  people: readonly CampaignPerson[],
  files: CampaignFileList,
  here: string | null,
): FlowRow {
  const theirs = files.filter((file) => file.person === person);
  const handedOut = theirs.find((file) => file.kind === 'handed-out' && file.stage === stage) ?? null;
  const first = theirs.findLast((file) => file.kind === 'handed-out' && file.stage === stage);
  // A file that came back names no stage; what came before anything left was about another one.
  const cameBack =
    theirs.find((file) => file.kind === 'imported' && (first === undefined || file.at >= first.at)) ?? null;
  return {
    person: people.find(({ id }) => id === person) ?? null,
    stage,
    ...counts,
    handedOut,
    cameBack,
    standing: standingOf({ ...counts, isHere: person !== null && person === here, handedOut, cameBack }),
  };
}

type Standing = Pick<FlowRow, 'open' | 'decided' | 'inConflict' | 'handedOut' | 'cameBack'> & {
  isHere: boolean;
};

function standingOf({ open, decided, inConflict, isHere, handedOut, cameBack }: Standing): FlowStanding {
  const isAwaited = handedOut !== null && (cameBack === null || cameBack.at < handedOut.at);
  const left = open + inConflict;
  // Somebody stands in for whoever holds a file and no item: what they decided before may still come.
  if (left === 0) return decided === 0 && isAwaited ? 'out' : 'settled';
  if (isAwaited) return 'out';
  if (isHere) return 'here';
  return handedOut === null ? 'not-handed-out' : 'partly-back';
}
