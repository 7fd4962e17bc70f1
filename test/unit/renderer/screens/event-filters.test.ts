// What the list of events is asked for, with cells of the heatmap and without, and what a saved view keeps of it.
import { describe, expect, it } from 'vitest';
import { eventFilter } from '#shared/model/event-browser.ts';
import { savedView } from '#shared/model/triage.ts';
import {
  askedOf,
  askedWithin,
  chipsOf,
  choiceKept,
  isNarrowed,
  keepChoice,
} from '../../../../src-renderer/screens/events/event-filters.ts';
import { daysOf } from '../../../../src-renderer/screens/events/show-in-heatmap.ts';
import {
  everyEvent,
  withoutValue,
  withValue,
  type EventChoice,
} from '../../../../src-renderer/state/events-view.ts';

const cells = { actors: ['dana', 'eve'], hours: [10, 12], action: 'login', zone: 'UTC' } as const;
const choice: EventChoice = {
  values: { actor: ['eve', 'rob'], address: ['10.0.*', ''] },
  hours: [12, 13],
  range: { from: '2026-03-01T00:00:00.000Z', to: '2026-03-02T00:00:00.000Z' },
  text: '  vpn  ',
};

describe('what is asked', () => {
  it('is everything until something narrows it', () => {
    expect(askedOf(everyEvent, null)).toEqual({});
    expect(isNarrowed(everyEvent)).toBe(false);
    expect(isNarrowed({ ...everyEvent, text: ' ' })).toBe(false);
    expect(isNarrowed(choice)).toBe(true);
  });

  it('is the choice, in terms the workstation takes', () => {
    const asked = askedOf(choice, null);
    expect(eventFilter.parse(asked)).toEqual({
      actor: ['eve', 'rob'],
      address: ['10.0.*', ''],
      hourOfWeek: [12, 13],
      ...choice.range,
      text: 'vpn',
    });
  });

  it('is narrowed by the cells of the heatmap, and to nothing where both have nothing in common', () => {
    expect(askedOf(everyEvent, cells)).toEqual({
      actor: ['dana', 'eve'],
      action: ['login'],
      hourOfWeek: [10, 11, 12],
    });
    expect(askedOf(choice, cells)).toMatchObject({ actor: ['eve'], action: ['login'], hourOfWeek: [12] });
    expect(askedOf(withValue(everyEvent, 'action', 'logout'), cells)).toMatchObject({ action: [] });
    expect(askedOf(everyEvent, { actors: [], hours: null, action: null, zone: 'UTC' })).toEqual({});
  });

  it('is not asked with more actors than the workstation takes', () => {
    const actors = Array.from({ length: 201 }, (_, at) => `actor ${at}`);
    expect(askedOf(everyEvent, { ...cells, actors })).toBeNull();
    expect(askedOf(withValue(everyEvent, 'actor', 'actor 7'), { ...cells, actors })).toMatchObject({
      actor: ['actor 7'],
    });
  });

  it('covers what the chart shows, whatever stretch is chosen in it', () => {
    const asked = askedOf(choice, null)!;
    expect(askedWithin(asked, {})).not.toHaveProperty('from');
    expect(askedWithin(asked, { from: '2026-01-01T00:00:00.000Z' })).toMatchObject({
      from: '2026-01-01T00:00:00.000Z',
      actor: ['eve', 'rob'],
    });
  });
});

describe('values chosen', () => {
  it('are added once, and taken away one by one', () => {
    const twice = withValue(withValue(everyEvent, 'actor', ''), 'actor', '');
    expect(twice.values).toEqual({ actor: [''] });
    expect(chipsOf(choice)).toHaveLength(4);
    expect(withoutValue(twice, 'actor', '')).toEqual(everyEvent);
    expect(withoutValue(choice, 'actor', 'eve').values.actor).toEqual(['rob']);
  });
});

describe('a saved view', () => {
  it('comes back as it was kept', () => {
    const kept = savedView.parse({ screen: 'events', name: 'mine', filter: keepChoice(choice) });
    expect(choiceKept(JSON.parse(JSON.stringify(kept.filter)))).toEqual(choice);
    expect(choiceKept(keepChoice(everyEvent))).toEqual(everyEvent);
  });

  it('of another making is not guessed at', () => {
    expect(choiceKept({ values: { colour: ['red'] }, hours: [], text: '' })).toBeNull();
    expect(choiceKept({ ...keepChoice(choice), hours: [168] })).toBeNull();
    expect(choiceKept(null)).toBeNull();
  });
});

describe('the days of a stretch', () => {
  it('are the local days it touches, the end not included', () => {
    const berlin = 'Europe/Berlin';
    expect(daysOf({ from: '2026-03-28T23:00:00.000Z', to: '2026-03-29T22:00:00.000Z' }, berlin)).toEqual({
      from: '2026-03-29',
      to: '2026-03-29',
    });
    expect(daysOf({}, berlin)).toEqual({ from: '', to: '' });
  });
});
