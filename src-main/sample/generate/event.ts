// Turns “who did what when” into a full row of the audit table.
import { actionNamed, pickRole } from './actions.ts';
import { localTime } from './local-clock.ts';
import type { SampleEvent } from './model.ts';
import type { Person } from './people.ts';
import { shiftDate } from './presence.ts';
import { Random } from './random.ts';
import type { Service } from './service.ts';

export interface EventDraft {
  /** Null: the system did not say who. */
  by: Person | Service | null;
  /** Microseconds since the epoch. */
  at: number;
  eventType: string;
  resourceId?: string;
  ip?: string;
  userAgent?: string;
  metadata?: Record<string, string | number>;
}

interface Session {
  id: string;
  ip: string;
}

const guessedNames = ['admin', 'administrator', 'root', 'test', 'info', 'scanner', 'backup'];

export function isPerson(by: Person | Service): by is Person {
  return 'office' in by;
}

function details(eventType: string, random: Random): Record<string, string | number> {
  if (eventType === 'role_grant') return { role: pickRole(random) };
  if (eventType === 'record.export') return { rows: random.between(5, 400) };
  if (eventType === 'report.run') return { duration_ms: random.between(120, 9000) };
  if (eventType === 'search.query') return { results: random.between(0, 60) };
  if (eventType === 'auth.login_failed') return { reason: 'bad_password' };
  return {};
}

/** Completes drafts in the order they are handed in, so the same drafts always become the same rows. */
export class EventWriter {
  readonly #seed: number;
  readonly #people: readonly Person[];
  readonly #random: Random;
  readonly #sessions = new Map<string, Session>();

  constructor(seed: number, people: readonly Person[]) {
    this.#seed = seed;
    this.#people = people;
    this.#random = new Random(seed, 'events');
  }

  /** One sitting a shift, at the office or at home. */
  #session(person: Person, at: number): Session {
    const key = `session ${person.id} ${shiftDate(person, localTime(person.office.zone, at / 1000))}`;
    const known = this.#sessions.get(key);
    if (known !== undefined) return known;
    const random = new Random(this.#seed, key);
    const atHome = random.chance(person.homeDays);
    const session = { id: random.hex(12), ip: atHome ? person.homeAddress : person.officeAddress };
    this.#sessions.set(key, session);
    return session;
  }

  /** A colleague, never the actor: granting to oneself is an incident, not everyday work. */
  #grantee(by: EventDraft['by']): string {
    const others = this.#people.filter((person) => person !== by);
    return others.length === 0 ? `group-${this.#random.between(1, 24)}` : this.#random.pick(others).id;
  }

  #origin(draft: EventDraft): Pick<SampleEvent, 'ip' | 'userAgent' | 'metadata'> {
    const { by } = draft;
    if (by === null && draft.eventType !== 'auth.login_failed')
      return { ip: '', userAgent: '', metadata: {} };
    if (by === null) {
      const ip = `203.0.113.${this.#random.between(180, 250)}`;
      return { ip, userAgent: '', metadata: { attempted: this.#random.pick(guessedNames) } };
    }
    if (!isPerson(by)) {
      const metadata = { actor_name: by.name, job_id: this.#random.hex(10) };
      return { ip: by.address, userAgent: by.userAgent, metadata };
    }
    const session = this.#session(by, draft.at);
    return {
      ip: session.ip,
      userAgent: by.userAgent,
      metadata: { actor_name: by.name, session_id: session.id },
    };
  }

  write(draft: EventDraft): SampleEvent {
    const { by, eventType } = draft;
    const action = actionNamed(eventType);
    const origin = this.#origin(draft);
    const metadata = { ...origin.metadata, ...details(eventType, this.#random), ...draft.metadata };
    const granted = eventType === 'role_grant' ? this.#grantee(by) : action.resource(this.#random);
    const machine = by !== null && !isPerson(by) ? by : null;
    return {
      id: this.#random.uuid(),
      createdAtMicroseconds: draft.at,
      actor: by?.id ?? '',
      actorType: by !== null && isPerson(by) ? 'user' : machine?.plugin ? 'plugin' : 'system',
      eventType,
      resourceType: action.resourceType,
      resourceId: draft.resourceId ?? granted,
      ip: draft.ip ?? origin.ip,
      userAgent: draft.userAgent ?? origin.userAgent,
      severity: metadata['role'] === 'admin' || metadata['role'] === 'owner' ? 'critical' : action.severity,
      metadata,
      sourcePlugin: machine?.plugin ?? '',
      targetPlugin: machine?.target ?? '',
    };
  }
}
