import { describe, expect, test } from 'vitest';
import { nbDetector } from '../../../../../src-main/analytics/detectors/nb/nb-detector.ts';
import { whyNot } from '../../../../../src-main/analytics/detectors/nb/why-not.ts';
import { buildHistory } from '../../../../../src-main/analytics/history/build-history.ts';
import { scopeOf } from '../hours/told-otherwise.ts';
import { burst, firstHour, hourUs, staff, work } from './office.ts';

const dana = { actor: 'dana', actorType: 'user' };
const tuesday = 7 * 7 * 24 + 24;
const history = buildHistory([
  ...work(staff, 7),
  ...burst(dana, 'document.read', tuesday + 1, 2),
  ...burst(dana, 'document.read', tuesday + 3, 6),
  ...burst(dana, 'document.read', tuesday + 9, 5),
  ...burst(dana, 'role_grant', tuesday + 12, 5),
  ...burst({ actor: 'guest' }, 'document.read', tuesday + 3, 50),
  ...burst({ actor: '' }, 'document.read', tuesday + 3, 50),
]);
const days = [(firstHour + tuesday) / 24];
const scope = scopeOf(history, { zone: 'UTC', days, untilMicroseconds: (firstHour + tuesday + 20) * hourUs });
const ask = (hourOfDay: number, actor = 'dana') =>
  whyNot(history, scope, { sourceAccount: 'primary', actor, hour: firstHour + tuesday + hourOfDay });

describe('why not', () => {
  test('gives the numbers of the hit where there is one', () => {
    for (const hit of nbDetector.run(history, scope)) {
      const answer = ask(hit.startMicroseconds / hourUs - firstHour - tuesday, hit.actor);
      expect(answer.state).toBe('flagged');
      const numbers = hit.action === '' ? answer.numbers : answer.single;
      for (const [name, value] of Object.entries(numbers!))
        if (name !== 'action') expect(hit.evidence[name], name).toEqual(value);
    }
    expect(ask(3)).toMatchObject({ state: 'flagged', count: 6 });
    expect(ask(12)).toMatchObject({ state: 'flagged', count: 5, single: { action: 'role_grant', count: 5 } });
  });

  test('says which condition failed, and what would have been listed', () => {
    const few = ask(1);
    expect(few).toMatchObject({ state: 'usual', count: 2 });
    expect(few.sentence).toMatch(/^The count of 2 is below 3\./);
    const usual = ask(9);
    expect(usual).toMatchObject({ state: 'usual', count: 5 });
    expect(usual.sentence).toMatch(/The count of 5 is below 1\.5 times the usual [\d.]+ plus 2\./);
    expect(usual.sentence).toContain('S = ');
    expect(usual.sentence).toContain(`It would be listed from ${usual.numbers!.smallestListed} events on`);
  });

  test('knows hours without events, hours to come, strangers and beginners', () => {
    expect(ask(2)).toMatchObject({ state: 'no events', count: 0, numbers: { count: 0, surprise: 0 } });
    expect(ask(20)).toMatchObject({ state: 'not judged yet', numbers: null });
    expect(ask(3, 'guest')).toMatchObject({ state: 'learning', count: 50, numbers: null });
    expect(ask(3, 'nobody')).toMatchObject({ state: 'learning', count: 0 });
    expect(ask(3, '')).toMatchObject({ state: 'no events', numbers: null });
  });
});
