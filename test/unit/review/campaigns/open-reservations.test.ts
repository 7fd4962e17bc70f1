// What an opened campaign admits about its population: that it is empty, or that its period was not over.
import { expect, test } from 'vitest';
import { openReservations } from '../../../../src-main/review/campaigns/open-reservations.ts';
import { makeDefinition } from '../../../support/campaign.ts';

const us = (iso: string): number => Date.parse(iso) * 1000;
const activity = makeDefinition({ scope: { from: 'activity', actorTypes: [] } });
/** The period ends with 30 September in Berlin. */
const [lastMoment, after] = [us('2026-09-30T21:59:59Z'), us('2026-09-30T22:00:00Z')];

test('nothing where there are items of a period that is over', () => {
  expect(openReservations(activity, 3, after)).toEqual([]);
  expect(openReservations(makeDefinition(), 3, after)).toEqual([]);
});

test('activity of a period that goes on is not all there will be; who holds rights now is', () => {
  expect(openReservations(activity, 3, lastMoment)).toEqual([expect.stringContaining('end of 2026-09-30')]);
  expect(openReservations(makeDefinition(), 3, lastMoment)).toEqual([]);
});

test('an empty population is said to be empty', () => {
  expect(openReservations(makeDefinition(), 0, after)).toEqual([expect.stringContaining('is empty')]);
});
