// Puts together what is known of each person of a campaign: what they decided and what is still open for them.
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import type { ReviewerShare } from '#shared/model/campaign-file-views.ts';
import type { ReviewerCourse } from '#shared/model/campaign-indicators.ts';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { localDaysOf } from '#shared/time/local-days.ts';
import { parseInstant } from '#shared/time/instant.ts';
import type { StripSpan } from '../../../charts/decision-strip-layout.ts';

export type PersonAtWork = {
  readonly id: string;
  readonly name: string;
  /** One of the people of the definition. */
  readonly isNamed: boolean;
  readonly course: ReviewerCourse | null;
  /** Waiting for them now; null while it was not counted. */
  readonly open: number | null;
  readonly inConflict: number;
};

/** The people of the definition who have or had anything to do, then whoever else decided something. */
export function peopleAtWork(
  { people, stages }: Pick<CampaignDefinition, 'people' | 'stages'>,
  courses: readonly ReviewerCourse[],
  shares: readonly ReviewerShare[] | null,
): PersonAtWork[] {
  const named = people.map(({ id, name }) => {
    const own = shares?.filter(({ person }) => person === id) ?? [];
    return {
      id,
      name,
      isNamed: true,
      course: courses.find(({ reviewer }) => reviewer === id) ?? null,
      open: shares && own.reduce((sum, { open }) => sum + open, 0),
      inConflict: own.reduce((sum, { inConflict }) => sum + inConflict, 0),
    };
  });
  const others = courses
    .filter(({ reviewer }) => !people.some(({ id }) => id === reviewer))
    .map((course) => ({
      id: course.reviewer,
      name: course.name,
      isNamed: false,
      course,
      open: shares && 0,
      inConflict: 0,
    }));
  const mayReview = (id: string) =>
    stages.some(
      ({ reviewer, fallback }) =>
        fallback === id ||
        (reviewer.by === 'person' && reviewer.person === id) ||
        (reviewer.by === 'round-robin' && reviewer.people.includes(id)),
    );
  return [
    ...named.filter(
      ({ id, course, open, inConflict }) =>
        course !== null || inConflict > 0 || (open === null ? mayReview(id) : open > 0),
    ),
    ...others,
  ];
}

/** The days every strip shows: from the opening until everything is due, or until now where that is later. */
export function spanOf(
  { openedAt, dueOn, zone, state }: Pick<CampaignStatus, 'openedAt' | 'dueOn' | 'zone' | 'state'>,
  people: readonly Pick<PersonAtWork, 'course'>[],
  today: string,
): StripSpan {
  const days = people.flatMap(({ course }) => course?.days ?? []);
  const opened = openedAt === null ? today : localDaysOf(zone).dateAt(parseInstant(openedAt));
  const dates = [opened, ...days.map(({ date }) => date)].toSorted();
  const ends = [...dates, ...(dueOn === null ? [] : [dueOn]), ...(state === 'open' ? [today] : [])];
  return {
    from: dates[0] ?? today,
    to: ends.toSorted().at(-1) ?? today,
    top: Math.max(0, ...days.map(({ alone, together }) => alone + together)),
  };
}
