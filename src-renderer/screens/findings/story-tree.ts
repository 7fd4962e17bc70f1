// The list of stories as rows: each story, the findings of those that are open, and the second tier under its own heading.
import type { Finding } from '#shared/model/finding.ts';
import type { FindingCase } from '#shared/model/story.ts';
import type { ShownStatus } from '../../state/findings-view.ts';
import { compareFindings, statusOf } from './finding-rules.ts';

/** Where busy hours that nothing else found are kept apart; an id no finding and no case can have. */
export const secondTierRow = 'tier z3';

export type StoryRow = {
  /** Id of the finding where the row is one, by itself or within a story; else of the case, or {@link secondTierRow}. */
  id: string;
  kind: 'tier' | 'story' | 'finding';
  level: number;
  parent: string | null;
  /** Null where there is nothing to reveal. */
  isExpanded: boolean | null;
  story: FindingCase | null;
  /** Null in the row of a story of several findings. */
  finding: Finding | null;
  /** Stories under the heading, or findings of the story that are shown. */
  size: number;
};

type Filter = { status: ShownStatus; detector: string };

/**
 * Rows in the order of the stories. A story of one finding is that finding. Stories and findings that do not fit the filter are left
 * out, and a story with nothing left with them.
 * @param toggled rows that are not as at first, when stories are closed and the second tier is open
 */
export function storyRows(
  stories: readonly FindingCase[],
  findings: readonly Finding[],
  { status, detector }: Filter,
  toggled: ReadonlySet<string>,
): StoryRow[] {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const shown = stories.flatMap((story) => {
    const members = story.members
      .flatMap((id) => byId.get(id) ?? [])
      .filter((finding) => status === 'all' || statusOf(finding) === status)
      .filter((finding) => detector === '' || finding.detector === detector)
      .toSorted(compareFindings);
    return members.length === 0 ? [] : [{ story, members }];
  });
  const rowsOf = (tier: typeof shown, level: number, parent: string | null) =>
    tier.flatMap(({ story, members }) => rowsOfStory(story, members, { level, parent, toggled }));
  const second = shown.filter(({ story }) => story.isSecondTier);
  const first = shown.filter(({ story }) => !story.isSecondTier);
  const isOpen = !toggled.has(secondTierRow);
  return [
    ...rowsOf(first, 1, null),
    ...(second.length === 0 ? [] : [tierRow(second.length, isOpen)]),
    ...(isOpen ? rowsOf(second, 2, secondTierRow) : []),
  ];
}

type Place = { level: number; parent: string | null; toggled: ReadonlySet<string> };

function rowsOfStory(
  story: FindingCase,
  members: readonly Finding[],
  { level, parent, toggled }: Place,
): StoryRow[] {
  const [only] = members;
  if (only !== undefined && story.members.length === 1) return [findingRow(only, story, level, parent)];
  const isExpanded = toggled.has(story.id);
  const head: StoryRow = {
    id: story.id,
    kind: 'story',
    level,
    parent,
    isExpanded,
    story,
    finding: null,
    size: members.length,
  };
  if (!isExpanded) return [head];
  return [head, ...members.map((finding) => findingRow(finding, story, level + 1, story.id))];
}

function findingRow(finding: Finding, story: FindingCase, level: number, parent: string | null): StoryRow {
  return { id: finding.id, kind: 'finding', level, parent, isExpanded: null, story, finding, size: 1 };
}

function tierRow(size: number, isExpanded: boolean): StoryRow {
  return {
    id: secondTierRow,
    kind: 'tier',
    level: 1,
    parent: null,
    isExpanded,
    story: null,
    finding: null,
    size,
  };
}

/** The title without its “by dana” where a column beside it says who. */
export function titleWithoutActor({ title, actor, actorName }: FindingCase): string {
  const tail = ` by ${actorName ?? actor}`;
  return actor !== '' && title.endsWith(tail) ? title.slice(0, -tail.length) : title;
}
