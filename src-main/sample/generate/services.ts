// Accounts of machines: regular work, by the clock, every day.
import type { EventDraft } from './event.ts';
import type { SampleOptions } from './model.ts';
import { Random } from './random.ts';
import type { Job, Service } from './service.ts';
import type { Timeline } from './timeline.ts';

const always = (action: string, share: number): Job => ({ action, share, window: null });
const nightly = (action: string, share: number, from: number, to: number): Job => ({
  action,
  share,
  window: { from, to },
});

const kinds: { name: string; plugin: string; target: string; jobs: Job[] }[] = [
  {
    name: 'svc-backup',
    plugin: 'backup',
    target: '',
    jobs: [nightly('backup.verify', 3, 0, 5), always('health.check', 1)],
  },
  {
    name: 'svc-sync',
    plugin: 'sync',
    target: 'crm',
    jobs: [always('sync.push', 4), always('record.update', 2)],
  },
  { name: 'svc-monitor', plugin: '', target: '', jobs: [always('health.check', 5)] },
  {
    name: 'svc-reports',
    plugin: 'reports',
    target: '',
    jobs: [nightly('report.run', 3, 1, 6), always('record.read', 2)],
  },
  { name: 'svc-vault', plugin: 'vault', target: '', jobs: [always('health.check', 2)] },
  {
    name: 'svc-deploy',
    plugin: 'deploy',
    target: '',
    jobs: [always('sync.push', 1), always('health.check', 1)],
  },
  {
    name: 'svc-search',
    plugin: 'search',
    target: 'documents',
    jobs: [always('document.read', 4), always('search.query', 1)],
  },
  {
    name: 'svc-mail',
    plugin: 'mail',
    target: '',
    jobs: [always('sync.push', 2), always('ticket.update', 2)],
  },
];

/** Machine accounts in a fixed order; names repeat with a number when there are many. */
export function installServices(count: number, options: SampleOptions): Service[] {
  return Array.from({ length: count }, (_, index) => {
    const random = new Random(options.seed, `service ${index}`);
    const kind = kinds[index % kinds.length];
    if (kind === undefined) throw new RangeError('There is no kind of service.');
    const round = Math.floor(index / kinds.length);
    return {
      ...kind,
      id: random.uuid(),
      name: round === 0 ? kind.name : `${kind.name}-${round + 1}`,
      address: `10.0.5.${10 + (index % 200)}`,
      userAgent: `${kind.name}/${random.between(1, 4)}.${random.between(0, 20)}`,
    };
  });
}

/** Work by the clock: the n-th event of a job comes n intervals after the first, give or take a few seconds. */
function runJob(service: Service, job: Job, count: number, timeline: Timeline, random: Random): EventDraft[] {
  const hours = job.window === null ? timeline : timeline.nightly(job.window.from, job.window.to);
  const interval = hours.length / Math.max(count, 1);
  return Array.from({ length: count }, (_, index) => {
    const offset = (index + 0.1 + 0.3 * random.next()) * interval;
    // Machines stamp whole milliseconds.
    return { by: service, at: Math.floor(hours.at(offset) / 1000) * 1000, eventType: job.action };
  });
}

/** Exactly `count` events of all services together. */
export function runServices(
  services: readonly Service[],
  count: number,
  timeline: Timeline,
  seed: number,
): EventDraft[] {
  const jobs = services.flatMap((service) => service.jobs.map((job) => ({ service, job })));
  const total = jobs.reduce((sum, { job }) => sum + job.share, 0);
  const drafts: EventDraft[] = [];
  let shares = 0;
  for (const { service, job } of jobs) {
    shares += job.share;
    const own = Math.round((count * shares) / total) - drafts.length;
    const random = new Random(seed, `job ${service.id} ${job.action}`);
    drafts.push(...runJob(service, job, own, timeline, random));
  }
  return drafts;
}
