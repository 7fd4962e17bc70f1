// The definition of a campaign, read from a file of JSON.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import { readCampaignDefinition } from '#shared/model/definition-sentences.ts';
import { Problem } from '#shared/model/problem.ts';
import { keepCsv } from '../../api/campaigns.ts';
import { text, type CommandContext } from './command.ts';

/** A definition as JSON; with --csv the scope's name and hash are those of that file, which is kept. */
export async function readDefinition(
  { values, workstation }: CommandContext,
  path: string,
): Promise<CampaignDefinition> {
  const given = await readJson(path);
  const csv = text(values, 'csv');
  if (csv === undefined) assertFileNamed(given);
  const scope = csv === undefined ? {} : await csvScope(await workstation(), csv, given);
  const read = readCampaignDefinition({ ...given, ...scope });
  if ('definition' in read) return read.definition;
  throw new Problem(
    'invalid-input',
    `The definition cannot be used as it is. ${read.faults.join(' ')} Nothing was recorded.`,
    { next: 'See docs/campaigns.md for what a definition holds.' },
  );
}

/** @throws Problem where the scope is a file, and none is handed over or named by its hash */
function assertFileNamed({ scope }: Record<string, unknown>): void {
  if (typeof scope !== 'object' || scope === null) return;
  const { from, sha256 } = { from: undefined, sha256: undefined, ...scope };
  if (from !== 'file' || sha256 !== undefined) return;
  throw new Problem('invalid-input', 'The scope is a file, and none was handed over. Nothing was recorded.', {
    next: 'Hand the CSV file over with --csv FILE.',
  });
}

async function csvScope(station: Parameters<typeof keepCsv>[0], csv: string, given: Record<string, unknown>) {
  const { name, sha256 } = await keepCsv(station, csv, basename(csv)).catch((cause: unknown) => {
    throw unreadable(cause, csv);
  });
  const scope = given['scope'];
  return { scope: { ...(typeof scope === 'object' ? scope : {}), from: 'file', name, sha256 } };
}

async function readJson(path: string): Promise<Record<string, unknown>> {
  const written = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw unreadable(cause, path);
  });
  const value = parse(written.replace(/^\uFEFF/, ''), path);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new Problem(
    'invalid-input',
    `“${basename(path)}” is JSON, but not an object with the parts of a definition. Nothing was recorded.`,
    { next: 'See docs/campaigns.md for what a definition holds.' },
  );
}

function parse(written: string, path: string): unknown {
  try {
    return JSON.parse(written);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : '';
    const at = /\(line \d+ column \d+\)/.exec(said)?.[0];
    throw new Problem(
      'invalid-input',
      `“${basename(path)}” is not JSON${at === undefined ? '' : ` ${at}`}. Nothing was recorded.`,
      { next: 'Look for a missing or surplus comma, quotation mark or bracket.', cause },
    );
  }
}

function unreadable(cause: unknown, path: string): Problem {
  if (cause instanceof Problem) return cause;
  return new Problem('file-unreadable', `“${basename(path)}” cannot be read. Nothing was recorded.`, {
    next: 'Check the path.',
    cause,
  });
}
