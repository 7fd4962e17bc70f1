// Sets up what all rounds share: the database, a faulty network for each reviewer, and a prepared workspace of each.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAuditServer } from './audit-server.ts';
import { startFaultyProxy } from './faulty-proxy.ts';
import { startReviewer, type Person, type Reviewer } from './reviewer.ts';
import type { Stage } from './round.ts';
import type { Step } from './steps.ts';

function personNumber(number: number): Person {
  const name = `Reviewer ${number + 1}`;
  const id = `5eed0000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return { name, id, email: `reviewer-${number + 1}@example.org` };
}

/** @returns the stage, and a way to take it down; `keep` leaves the folders. */
export async function setUpStage(
  reviewerCount: number,
): Promise<Stage & { takeDown: (keep: boolean) => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-faults-'));
  chmodSync(folder, 0o711);
  const server = await startAuditServer();
  const reviewers: Reviewer[] = [];
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
        const reviewer = startReviewer(personNumber(number), proxy, join(folder, `settings-${number}`));
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
  const { name, id, email } = reviewer.person;
  const steps: Step[] = [{ do: 'connect', url }, { do: 'reviewer', name, id, email }, { do: 'refresh' }];
  reviewer.moveTo(template);
  for (const step of steps) {
    const outcome = await reviewer.take(step);
    if (outcome.is !== 'done')
      throw new Error(`A workspace could not be prepared: ${step.do}: ${JSON.stringify(outcome)}`);
  }
  // Copied while nobody has it open.
  await reviewer.close();
}
