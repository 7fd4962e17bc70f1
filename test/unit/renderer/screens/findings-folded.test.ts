// Findings folded by actor and day, and narrowed to cells of the heatmap.
import { describe, expect, it } from 'vitest';
import type { FindingCase } from '../../../../src-shared/model/story.ts';
import { dayStories } from '../../../../src-renderer/screens/findings/day-stories.ts';
import { findingsInCells } from '../../../../src-renderer/screens/findings/use-narrowed-findings.ts';
import type { ActivityFilter } from '../../../../src-renderer/state/activity-filter.ts';
import { makeFinding } from '../../../support/finding.ts';

const at = (start: string, end = start.replace(/T(\d\d).*/, 'T$1:59:00.000Z')) => ({ start, end });
const titles: Record<string, string> = {
  nb: 'Unusual count',
  z3: 'Busy hour',
  sod: 'Own grant',
  mass: 'Mass deletion',
};
const titleOf = (detector: string) => titles[detector] ?? detector;
const berlin = 'Europe/Berlin';

describe('dayStories', () => {
  it('folds what one actor did on one local day, whatever lies between', () => {
    const stories = dayStories(
      [
        makeFinding('morning', {
          actor: 'dana',
          detector: 'nb',
          severity: 'low',
          ...at('2026-11-02T05:00:00.000Z'),
        }),
        makeFinding('night', {
          actor: 'dana',
          detector: 'mass',
          severity: 'high',
          ...at('2026-11-02T22:30:00.000Z'),
        }),
        // After midnight in Berlin, before it in UTC.
        makeFinding('next', {
          actor: 'dana',
          detector: 'nb',
          severity: 'medium',
          ...at('2026-11-02T23:30:00.000Z'),
        }),
        makeFinding('other', {
          actor: 'lena',
          detector: 'z3',
          severity: 'critical',
          ...at('2026-11-02T05:00:00.000Z'),
        }),
      ],
      berlin,
      titleOf,
    );
    expect(stories.map(({ members, severity }) => ({ members, severity }))).toEqual([
      { members: ['morning', 'night'], severity: 'high' },
      { members: ['next'], severity: 'medium' },
      // Nothing but z3 found it.
      { members: ['other'], severity: 'critical' },
    ]);
    expect(stories[0]).toMatchObject({
      title: 'Mass deletion and unusual count',
      start: '2026-11-02T05:00:00.000Z',
      open: 2,
      isSecondTier: false,
    });
    expect(new Set(stories.map(({ id }) => id)).size).toBe(3);
  });

  it('keeps accounts apart, and what is about nobody in particular by what it is about', () => {
    const nobody = { actor: '', actorName: null, ...at('2026-11-02T05:00:00.000Z') };
    const stories = dayStories(
      [
        makeFinding('a', { ...nobody, entity: { kind: 'ip', value: '10.0.0.1' } }),
        makeFinding('b', { ...nobody, entity: { kind: 'ip', value: '10.0.0.2' } }),
        makeFinding('c', { ...nobody, entity: { kind: 'ip', value: '10.0.0.2' }, sourceAccount: 'second' }),
      ],
      berlin,
      titleOf,
    );
    expect(stories.map(({ members }) => members.length)).toEqual([1, 1, 1]);
    expect(stories.every(({ actors }) => actors.length === 0)).toBe(true);
  });

  it('says so where a case says that it is about whoever reviews, and counts what is left in a title', () => {
    const findings = ['nb', 'sod', 'mass', 'z3'].map((detector) =>
      makeFinding(detector, {
        detector,
        actor: 'dana',
        severity: 'low',
        score: 1,
        ...at('2026-11-02T05:00:00.000Z'),
      }),
    );
    const own = { members: ['sod'], actors: ['dana'], isOwnAction: true } as unknown as FindingCase;
    const [story] = dayStories(findings, berlin, titleOf, [own]);
    expect(story!.isOwnAction).toBe(true);
    expect(story!.title).toMatch(/ and 2 more$/);
    expect(
      dayStories(findings, berlin, titleOf, [{ ...own, actors: ['dana', 'x'] }])[0]!.isOwnAction,
    ).toBeUndefined();
  });
});

describe('findingsInCells', () => {
  const everything: ActivityFilter = { actors: [], hours: null, action: null, zone: berlin };
  // Monday 2 November 2026, 05:00 UTC, is Monday 06:00 in Berlin.
  const hour = makeFinding('hour', { actor: 'dana', action: 'read', ...at('2026-11-02T05:00:00.000Z') });
  const long = makeFinding('long', {
    actor: 'dana',
    action: '',
    ...at('2026-11-02T04:10:00.000Z', '2026-11-02T08:00:00.000Z'),
  });
  const inCells = (filter: Partial<ActivityFilter>) =>
    findingsInCells([hour, long], { ...everything, ...filter }).map(({ id }) => id);

  it('keeps all while none are chosen', () => {
    expect(findingsInCells([hour, long], null)).toHaveLength(2);
    expect(inCells({})).toEqual(['hour', 'long']);
  });

  it('keeps what has an hour among those chosen, the end not included', () => {
    expect(inCells({ hours: [6, 6] })).toEqual(['hour', 'long']);
    expect(inCells({ hours: [5, 5] })).toEqual(['long']);
    expect(inCells({ hours: [8, 8] })).toEqual(['long']);
    expect(inCells({ hours: [9, 9] })).toEqual([]);
  });

  it('keeps what is about the actors and the action chosen, and what is about several actions', () => {
    expect(inCells({ actors: ['lena'] })).toEqual([]);
    expect(inCells({ action: 'read' })).toEqual(['hour', 'long']);
    expect(inCells({ action: 'write' })).toEqual(['long']);
  });
});
