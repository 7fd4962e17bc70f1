// Looks through the rows of a redacted pack, and reveals what is hidden in chosen ones to whoever holds the pack; on record.
import { basename, join } from 'node:path';
import { readdirSync } from 'node:fs';
import { Problem } from '#shared/model/problem.ts';
import type { RedactedRow, RedactedRowPlace, RedactedRows, RevealReport } from '#shared/model/redaction.ts';
import { writeFileAtomically } from '../evidence/atomic-file.ts';
import type { PackArchive } from '../evidence/pack-archive.ts';
import { openPackAt } from '../evidence/pack-reader.ts';
import { readPackZip } from '../evidence/pack-zip.ts';
import { readRedactionStatement, type RedactionStatement } from '../evidence/redaction/redacted-contents.ts';
import { readRedactedTexts, tokensIn, type RedactedText } from '../evidence/redaction/redacted-texts.ts';
import { revealValues, type RevealFile } from '../evidence/redaction/reveal.ts';
import { saltsOf } from '../evidence/redaction/salts.ts';
import { valuesOfLedger, valuesOfPack } from '../evidence/redaction/values-behind.ts';
import { verifyRedacted } from '../evidence/redaction/verify-redacted.ts';
import { requireReviewer } from '../review/decide.ts';
import { privacyKey } from '../review/privacy/privacy-key.ts';
import type { Workstation } from '../workstation.ts';
import { listedSha256, sha256OfFile } from './pack-hashes.ts';
import { newPackFile } from './pack-names.ts';
import { requirePackFile } from './pack-work.ts';
import { trustInForce } from './trust-in-force.ts';

async function withRedacted<Result>(
  file: string,
  work: (files: PackArchive, statement: RedactionStatement) => Promise<Result>,
): Promise<Result> {
  const { pack, close } = await openPackAt(file);
  try {
    if (!('read' in pack)) throw new Problem('file-unreadable', 'This is a folder and not a pack file.');
    const { files } = await readPackZip(pack);
    return await work(files, await readRedactionStatement(files));
  } finally {
    await close();
  }
}

export type RowsQuery = {
  readonly pack: string;
  readonly file?: string | undefined;
  /** As it stands in the pack, or a hidden value as a whole. */
  readonly text?: string | undefined;
  readonly offset: number;
  readonly limit: number;
};

/** @throws Problem `not-found`, or `file-unreadable` for a pack that is not a redacted one */
export function readRedactedRows(workstation: Workstation, query: RowsQuery): Promise<RedactedRows> {
  const { pack, file, text, offset, limit } = query;
  return withRedacted(requirePackFile(workstation, pack), async (files, { nonce }) => {
    const all = await readRedactedTexts(files);
    const key = await privacyKey(workstation, workstation.ledger.state());
    const wanted = text?.trim() ?? '';
    const token = wanted === '' ? '' : saltsOf(key, nonce).tokenOf(wanted);
    const matching = all.filter(
      (row) =>
        (file === undefined || row.file === file) && (row.text.includes(wanted) || row.text.includes(token)),
    );
    const counts = Map.groupBy(all, (row) => row.file);
    return {
      files: [...counts].map(([name, rows]) => ({ file: name, rows: rows.length })),
      matching: matching.length,
      rows: matching.slice(offset, offset + limit).map(rowOf),
    };
  });
}

const rowOf = (row: RedactedText): RedactedRow => ({ ...row, tokens: tokensIn(row.text).length });

export type RevealRowsRequest = {
  readonly pack: string;
  readonly rows: readonly RedactedRowPlace[];
  readonly values: readonly string[];
  readonly reason: string;
};

/**
 * Writes the file of revealed values, after holding it against the pack as its recipient will.
 * @throws Problem `not-found` for a row or value that the pack does not have, `refused` where nothing hidden in the rows is known
 *   here or the pack does not hold; nothing is revealed then
 */
export async function revealRows(
  workstation: Workstation,
  request: RevealRowsRequest,
  signal?: AbortSignal,
): Promise<RevealReport> {
  const { ledger } = workstation;
  const reviewer = requireReviewer(ledger.state());
  const pack = requirePackFile(workstation, request.pack);
  return withRedacted(pack, async (files, statement) => {
    const { revealed, unknown } = await valuesOf(workstation, request, files, statement);
    const trust = trustInForce(workstation, {});
    const { verification } = await verifyRedacted(files, trust, revealed);
    signal?.throwIfAborted();
    if (verification.verdict === 'tampered' || verification.verdict === 'malformed')
      throw new Problem('refused', `Nothing was revealed. ${verification.summary}`, {
        next: 'Reveal values of a redacted pack that holds.',
      });
    const file = newPackFile(workstation, 'REVEALED', request.pack, 'json');
    const tokens = revealed.values.map(({ token }) => token);
    const payload = { tokens, reason: request.reason, pack: await sha256OfFile(pack, signal) };
    // First on record: what is given away and not on record would be worse than the other way about.
    ledger.append(() => [{ type: 'values-revealed', subject: payload.pack, actor: reviewer.id, payload }]);
    await writeFileAtomically(file, Buffer.from(`${JSON.stringify(revealed, null, 2)}\n`));
    const proof = verification.checks.find(({ name }) => name === 'revealed')?.detail ?? '';
    return { file, name: basename(file), rows: request.rows.length, values: tokens.length, unknown, proof };
  });
}

async function valuesOf(
  workstation: Workstation,
  { rows, values }: RevealRowsRequest,
  files: PackArchive,
  statement: RedactionStatement,
): Promise<{ revealed: RevealFile; unknown: number }> {
  const all = await readRedactedTexts(files);
  const key = await privacyKey(workstation, workstation.ledger.state());
  const salts = saltsOf(key, statement.nonce);
  const held = new Set(all.flatMap(({ text }) => tokensIn(text)));
  if (values.some((value) => !held.has(salts.tokenOf(value))))
    throw new Problem(
      'not-found',
      'No token of this pack stands for one of these values. Nothing was revealed.',
      {
        next: 'Give each value as the full pack has it, in the workspace that made the redacted pack.',
      },
    );
  const wanted = new Set(chosenRows(all, rows).flatMap(({ text }) => tokensIn(text)));
  const behind = wanted.size === 0 ? [] : await candidates(workstation, statement);
  const found = new Map([...behind].map((value) => [salts.tokenOf(value), value]));
  const known = [...wanted].flatMap((token) => found.get(token) ?? []);
  const chosen = [...new Set([...known, ...values])];
  if (chosen.length === 0)
    throw new Problem('refused', 'What is hidden in these rows is not known here. Nothing was revealed.', {
      next: 'Put the full pack back into the packs folder, or use the workspace that made the redacted pack.',
    });
  return { revealed: revealValues(key, statement.nonce, chosen), unknown: wanted.size - known.length };
}

function chosenRows(all: readonly RedactedText[], places: readonly RedactedRowPlace[]): RedactedText[] {
  return places.map((place) => {
    const row = all.find(({ file, line }) => file === place.file && line === place.line);
    if (row !== undefined) return row;
    throw new Problem('not-found', 'The pack has no such row with hidden values. Nothing was revealed.');
  });
}

/** What may be behind tokens: the values of the full pack, where it is still here, and of this workspace's ledger. */
async function candidates(
  workstation: Workstation,
  statement: RedactionStatement,
): Promise<ReadonlySet<string>> {
  const ofLedger = valuesOfLedger(workstation.ledger.entries(), statement);
  const full = await fullPackOf(workstation, statement.source.sha256);
  if (full === null) return ofLedger;
  const { pack, close } = await openPackAt(full);
  try {
    if (!('read' in pack)) return ofLedger;
    const { files } = await readPackZip(pack);
    return new Set([...ofLedger, ...(await valuesOfPack(files, statement))]);
  } finally {
    await close();
  }
}

async function fullPackOf({ packsDirectory }: Workstation, sha256: string): Promise<string | null> {
  for (const name of readdirSync(packsDirectory)) {
    if (!name.endsWith('.zip')) continue;
    const file = join(packsDirectory, name);
    if ((await listedSha256(file)) === sha256) return file;
  }
  return null;
}
