// The audited organisation: offices, the people in them, and the accounts of machines.
import { nameOf } from './names.ts';
import { addDays, type Zone } from './local-clock.ts';
import type { SampleOptions } from './model.ts';
import { Random } from './random.ts';

export interface Office {
  zone: Zone;
  /** First part of its addresses. */
  network: string;
  lunchHour: number;
  /** MM-DD every year, or YYYY-MM-DD. */
  holidays: readonly string[];
}

const offices: readonly Office[] = [
  {
    zone: 'Europe/Berlin',
    network: '10.10',
    lunchHour: 12,
    holidays: ['01-01', '05-01', '10-03', '12-25', '12-26'],
  },
  {
    zone: 'America/New_York',
    network: '10.20',
    lunchHour: 12,
    holidays: ['01-01', '07-04', '11-11', '12-25', '2026-09-07', '2026-10-12'],
  },
  {
    zone: 'Asia/Kolkata',
    network: '10.30',
    lunchHour: 13,
    holidays: ['01-26', '08-15', '10-02', '12-25', '2026-10-20', '2026-11-09'],
  },
];

export const roles = ['admin', 'engineer', 'finance', 'support', 'sales'] as const;
export type Role = (typeof roles)[number];

/** Everyday work in proportion. No single action dominates: people switch between tasks. */
const work: Record<Role, Record<string, number>> = {
  admin: {
    'dashboard.view': 5,
    'search.query': 5,
    'ticket.update': 6,
    'document.read': 5,
    'document.update': 3,
  },
  engineer: {
    'document.read': 5,
    'document.update': 5,
    'ticket.update': 5,
    'dashboard.view': 4,
    'record.read': 3,
  },
  finance: { 'record.read': 6, 'record.update': 5, 'report.run': 3, 'record.create': 4, 'document.read': 4 },
  support: {
    'ticket.update': 6,
    'record.read': 6,
    'search.query': 5,
    'record.update': 4,
    'document.read': 3,
  },
  sales: {
    'record.create': 4,
    'record.read': 6,
    'document.share': 3,
    'dashboard.view': 3,
    'search.query': 4,
  },
};
const everybody: Record<string, number> = {
  'document.read': 2,
  'document.update': 2,
  'document.share': 1.5,
  'record.read': 2,
  'record.create': 1.5,
  'record.update': 2,
  'search.query': 2,
  'dashboard.view': 2,
  'ticket.update': 1.5,
  'report.run': 0.8,
  'record.export': 0.25,
  'record.delete': 0.25,
};

export interface Person {
  id: string;
  name: string;
  role: Role;
  office: Office;
  shift: 'day' | 'night';
  /** Events relative to an average person. */
  volume: number;
  actions: readonly string[];
  weights: number[];
  officeAddress: string;
  homeAddress: string;
  userAgent: string;
  /** Probability of a day at home, of a mistyped password at the start of a day. */
  homeDays: number;
  mistypes: number;
  /** First and last local date of a week off. */
  leave: { first: string; last: string } | null;
  /** Times without any event of this person, in microseconds. */
  silence: { from: number; to: number } | null;
}

const userAgents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0',
];

function homeAddress(random: Random, index: number): string {
  const host = 10 + (index % 150);
  const network = random.pick(['192.0.2', '198.51.100', '203.0.113', '2001:db8']);
  return network === '2001:db8'
    ? `2001:db8:${(index + 16).toString(16)}::${random.hex(3)}`
    : `${network}.${host}`;
}

function chooseLeave(random: Random, firstDate: string, days: number): Person['leave'] {
  const weeks = Math.floor(days / 7);
  if (weeks < 3 || !random.chance(0.35)) return null;
  const weekday = (new Date(`${firstDate}T00:00Z`).getUTCDay() + 6) % 7;
  const first = addDays(firstDate, ((7 - weekday) % 7) + 7 * random.between(0, weeks - 2));
  return { first, last: addDays(first, 6) };
}

function hire(index: number, options: SampleOptions, firstDate: string, night: boolean): Person {
  const random = new Random(options.seed, `person ${index}`);
  // Index 0 is the first administrator; the rest follow the proportions of an ordinary company.
  const role = index % 12 === 0 ? 'admin' : (roles[1 + random.pickWeighted([25, 20, 30, 18])] ?? 'support');
  const office = offices[random.pickWeighted([45, 34, 21])] ?? offices[0];
  if (office === undefined) throw new RangeError('There is no office.');
  const actions = Object.keys({ ...everybody, ...work[role] });
  const taste = (action: string): number => (everybody[action] ?? 0) + (work[role][action] ?? 0) * 0.6;
  return {
    id: random.uuid(),
    name: nameOf(index),
    role,
    office,
    shift: night ? 'night' : 'day',
    volume: Math.min(1.7, Math.max(0.35, 1 + 0.3 * random.bell())),
    actions,
    weights: actions.map((action) => taste(action) * (0.7 + 0.6 * random.next())),
    officeAddress: `${office.network}.${random.between(1, 8)}.${random.between(20, 240)}`,
    homeAddress: homeAddress(random, index),
    userAgent: random.pick(userAgents),
    homeDays: random.pick([0, 0.1, 0.2, 0.4, 0.6]),
    mistypes: 0.02 + 0.08 * random.next(),
    // Administrators stay, because grants, releases and on-call duty are theirs.
    leave: role === 'admin' ? null : chooseLeave(random, firstDate, options.days),
    silence: null,
  };
}

/** Everybody who works here, administrators at index 0, 12, 24 …; the last ones work at night. */
export function hirePeople(count: number, options: SampleOptions, firstDate: string): Person[] {
  const nights = Math.floor(count * 0.1);
  return Array.from({ length: count }, (_, index) =>
    hire(index, options, firstDate, index % 12 !== 0 && index >= count - nights),
  );
}
