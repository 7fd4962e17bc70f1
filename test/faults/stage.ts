// Sets up what all rounds share: the database, a faulty network for each reviewer, and a prepared workspace of each.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAuditServer } from './audit-server.ts';
import { meetingPlace, startFaultyProxy } from './faulty-proxy.ts';
import { startReviewer, type Person, type Reviewer } from './reviewer.ts';
import type { Stage } from './round.ts';
import type { Step } from './steps.ts';

function personNumber(number: number): Person {
  const identity = (role: string, place: number) => ({
    name: `${role} ${number + 1}`,
    id: `5eed0000-0000-4000-8000-${String(place).padStart(12, '0')}`,
    email: `${role.toLowerCase()}-${number + 1}@example.org`,
  });
  return { ...identity('Reviewer', number), second: identity('Second', 1000 + number) };
}

/** @returns the stage, and a way to take it down; `keep` leaves the folders. */
export async function setUpStage(
  reviewerCount: number,
): Promise<Stage & { takeDown: (keep: boolean) => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-faults-'));
  chmodSync(folder, 0o711);
  const server = await startAuditServer();
  const reviewers: Reviewer[] = [];
  const meet = meetingPlace();
  const takeDown = async (keep: boolean) => {
    await Promise.all(reviewers.map((reviewer) => reviewer.close()));
    await Promise.all(reviewers.map(({ proxy }) => proxy.close()));
    await server.stop();
    if (!keep) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const templates = await Promise.all(
      Array.from({ length: reviewerCount }, async (_, number) => {
        const proxy = await startFaultyProxy(server.port);
        proxy.meet = meet;
        const reviewer = startReviewer(personNumber(number), proxy, {
          settings: join(folder, `settings-${number}`),
          compiled: join(folder, 'compiled'),
        });
        reviewers[number] = reviewer;
        const template = join(folder, `template-${number}`);
        await prepare(reviewer, template, server.urlThrough(proxy.port));
        return template;
      }),
    );
    return { server, reviewers, templates, folder, takeDown };
  } catch (error) {
    await takeDown(false);
    throw error;
  }
}

async function prepare(reviewer: Reviewer, template: string, url: string): Promise<void> {
  const { second, ...first } = reviewer.person;
  const steps: Step[] = [
    { do: 'connect', url },
    // Whoever is to be the second person has a profile, too.
    { do: 'reviewer', ...second },
    { do: 'reviewer', ...first },
    { do: 'refresh' },
  ];
  reviewer.moveTo(template);
  for (const step of steps) {
    const outcome = await reviewer.take(step);
    if (outcome.is !== 'done')
      throw new Error(`A workspace could not be prepared: ${step.do}: ${JSON.stringify(outcome)}`);
  }
  // Copied while nobody has it open.
  await reviewer.close();
}
