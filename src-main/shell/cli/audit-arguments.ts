// What the commands of an auditor take: files to judge by, pack files, and what a note is about.
import { readFileSync } from 'node:fs';
import { Problem } from '#shared/model/problem.ts';
import type { GivenTrust } from '#shared/model/trust.ts';
import { packSections, type WorkPaperSubject } from '#shared/model/work-papers.ts';
import type { ByteSource } from '../../evidence/byte-source.ts';
import { openPackAt } from '../../evidence/pack-reader.ts';
import { oneOf, text, UsageError, type OptionValues } from './command.ts';

function reading(values: OptionValues, name: string): Buffer | undefined {
  const path = text(values, name);
  if (path === undefined) return undefined;
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Problem(
      'file-unreadable',
      `The file given with --${name} cannot be opened. Nothing was opened.`,
      {
        cause,
      },
    );
  }
}

export const trustFrom = (values: OptionValues): GivenTrust => ({
  signers: reading(values, 'signers')?.toString('utf8'),
  revokedList: reading(values, 'revoked')?.toString('base64'),
  authorities: reading(values, 'tsa-ca')?.toString('utf8'),
});

export function subjectOf(values: OptionValues): WorkPaperSubject {
  const [key, number, sample] = [text(values, 'key'), text(values, 'number'), text(values, 'sample')];
  if ([key, number, sample].filter((one) => one !== undefined).length > 1)
    throw new UsageError(
      'A note is about one thing: --key with --section, --number, --sample, or the whole pack.',
    );
  if (key !== undefined)
    return { kind: 'item', section: oneOf(text(values, 'section'), packSections, '--section'), key };
  if (number !== undefined) return { kind: 'number', name: number };
  if (sample !== undefined) return { kind: 'sample', reference: sample };
  return { kind: 'pack' };
}

export async function withFile<Result>(
  path: string,
  work: (file: ByteSource) => Promise<Result>,
): Promise<Result> {
  const { pack, close } = await openPackAt(path);
  try {
    if ('read' in pack) return await work(pack);
    throw new Problem('refused', 'This is a folder; work papers name a pack by the hash of its file.', {
      next: 'Give the pack file itself.',
    });
  } finally {
    await close();
  }
}
