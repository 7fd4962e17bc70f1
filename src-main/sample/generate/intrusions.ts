// Incidents in which somebody uses an account that is not theirs, or one that should be quiet.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { Cast } from './cast.ts';
import {
  atOffice,
  dateBeforeEnd,
  microsecondsPerMinute,
  scatter,
  script,
  type IncidentScript,
} from './incident-script.ts';
import { sampleEndMicroseconds, type SampleOptions } from './model.ts';
import type { Random } from './random.ts';

const guessingAddress = '203.0.113.171';
const guessingAgent = 'python-requests/2.32.3';
const unknownNetwork = '198.51.100.201';

/** Guessed passwords until one fits, and a look around. */
export function bruteForce(cast: Cast, random: Random): IncidentScript | null {
  const actor = cast.take('support');
  if (actor === null) return null;
  const from = Date.parse(`${dateBeforeEnd(10)}T20:08Z`) * 1000;
  const failures = scatter(64, { from, to: from + 14 * microsecondsPerMinute }, random);
  const lookAround = scatter(
    4,
    { from: from + 15 * microsecondsPerMinute, to: from + 35 * microsecondsPerMinute },
    random,
  );
  const stranger = { by: actor, ip: guessingAddress, userAgent: guessingAgent };
  const session = { session_id: random.hex(12) };
  const after = ['auth.login', 'record.read', 'record.read', 'record.export'];
  return script({
    incident: 'brute-force:1',
    kind: 'brute_force',
    expect: 'alert',
    note: '64 failed sign-ins of one account from one address within a quarter of an hour, then a success',
    actor,
    ip: guessingAddress,
    drafts: [
      ...failures.map((at) => ({ ...stranger, at, eventType: 'auth.login_failed', metadata: session })),
      ...after.map((eventType, index) => ({
        ...stranger,
        at: lookAround[index] ?? from,
        eventType,
        metadata: session,
      })),
    ],
    // Someone who mistypes now and then, or there would be no ordinary failures to compare with.
    prepare: () => {
      actor.mistypes = 0.6;
    },
  });
}

/** An account nobody used for weeks signs in and helps itself. */
export function dormantAccount(cast: Cast, random: Random, options: SampleOptions): IncidentScript | null {
  const actor = options.days < 12 ? null : cast.take('engineer');
  if (actor === null) return null;
  const wakes = atOffice(actor, 6, 10.25);
  const start = sampleEndMicroseconds - options.days * microsecondsPerDay;
  const lastSeen = start + Math.max(2, Math.floor(options.days / 4)) * microsecondsPerDay;
  const actions =
    'auth.login auth.mfa_enabled search.query secret.accessed search.query secret.accessed report.run record.export record.export secret.accessed record.export report.run auth.logout'.split(
      ' ',
    );
  const times = scatter(actions.length, { from: wakes, to: wakes + 50 * microsecondsPerMinute }, random);
  return script({
    incident: 'dormant-account:1',
    kind: 'dormant_account',
    expect: 'alert',
    note: `first activity after ${Math.floor((wakes - lastSeen) / microsecondsPerDay)} days of silence or more`,
    actor,
    ip: actor.homeAddress,
    drafts: times.map((at, index) => ({
      by: actor,
      at,
      ip: actor.homeAddress,
      eventType: actions[index] ?? 'search.query',
    })),
    prepare: () => {
      actor.silence = { from: lastSeen, to: sampleEndMicroseconds };
    },
  });
}

/** Ordinary work from a network this person never used. */
export function newNetwork(cast: Cast, random: Random): IncidentScript | null {
  const actor =
    cast.take('sales', (person) => person.office.zone !== 'Asia/Kolkata') ?? cast.take('engineer');
  if (actor === null) return null;
  const from = atOffice(actor, 7, 9.7);
  const actions =
    'auth.login record.read search.query document.read dashboard.view record.read document.read search.query record.create document.share record.export auth.logout'.split(
      ' ',
    );
  const times = scatter(actions.length, { from, to: from + 95 * microsecondsPerMinute }, random);
  const session = { session_id: random.hex(12) };
  return script({
    incident: 'new-network:1',
    kind: 'new_network',
    expect: 'alert',
    note: 'one sitting from an address this account had never used; nothing else about it is unusual',
    actor,
    ip: unknownNetwork,
    drafts: times.map((at, index) => ({
      by: actor,
      at,
      ip: unknownNetwork,
      metadata: session,
      eventType: actions[index] ?? 'record.read',
    })),
  });
}
