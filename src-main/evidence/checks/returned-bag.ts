// Opens a file in which decisions came back, as it lies in a pack: whole, signed by one key, for this purpose.
import { decisionsStatement, type DecisionsStatement } from '#shared/model/campaign-files.ts';
import { decisionsKind } from '../../review/campaigns/assignment-kinds.ts';
import { parseJsonFile, readLines, type TextLine } from '../json-lines.ts';
import { archivedFile, readWhole } from '../pack-archive.ts';
import { fingerprintOf, type PublicKey } from '../public-key.ts';
import { bagChecks } from './bag-checks.ts';
import { failCheck, runCheck } from './check.ts';
import { openBagWithin, type OpenedPack } from './opened-pack.ts';
import { readSignatures } from './read-signatures.ts';

export type ReturnedBag = {
  readonly statement: DecisionsStatement;
  readonly key: PublicKey;
  /** Of what is signed, 64 hex digits. */
  readonly tagManifestSha256: string;
  /** The reviewer’s ledger entries, some lines at a time. */
  readonly rows: () => AsyncGenerator<readonly TextLine[]>;
};

/** How a fault of it begins. @param sha256 of the file as it came, which is the name of its folder */
export const faultIn = (sha256: string, what: string): never =>
  failCheck('tampered', `data/returned/${sha256}: ${what}`);

/**
 * @param names by the name of a file in it its name in the pack
 * @param breathe awaited between pieces with their lengths; throws to give up
 * @throws CheckFailure `tampered`, or Problem `file-unreadable`
 */
export async function openReturned(
  pack: OpenedPack,
  sha256: string,
  names: ReadonlyMap<string, string>,
  breathe: (bytes: number) => Promise<void>,
): Promise<ReturnedBag> {
  const { statementFile, rowsFile, largestStatementBytes } = decisionsKind;
  if (![statementFile, rowsFile].every((name) => names.has(name)))
    faultIn(sha256, 'it lacks what a file of decisions holds.');
  const bag = await openBagWithin(pack, names);
  for (const check of bagChecks) {
    const { ok, detail } = await runCheck({ ...check, needs: [] }, bag, []);
    if (!ok) faultIn(sha256, detail);
  }
  const key = signingKeyOf(bag, sha256);
  const bytes = await readWhole(
    archivedFile(bag.archive, statementFile),
    statementFile,
    largestStatementBytes,
  );
  const statement = parseJsonFile(bytes, names.get(statementFile) ?? '', decisionsStatement);
  if (statement.signer.fingerprint !== fingerprintOf(key))
    faultIn(sha256, 'it was signed with another key than it states.');
  const pieces = async function* () {
    for await (const piece of archivedFile(bag.archive, rowsFile).read()) {
      await breathe(piece.length);
      yield piece;
    }
  };
  return {
    statement,
    key,
    tagManifestSha256: bag.digests.get('tagmanifest-sha256.txt') ?? '',
    rows: () => readLines(pieces(), names.get(rowsFile) ?? ''),
  };
}

function signingKeyOf({ files }: OpenedPack, sha256: string): PublicKey {
  const { namespace, what, role } = decisionsKind;
  const [signature, ...more] = readSignatures(files, { namespace, what });
  if (signature === undefined || more.length > 0 || signature.role !== role)
    return faultIn(sha256, 'it does not have exactly one signature, its reviewer’s.');
  if (signature.fault !== null) faultIn(sha256, signature.fault.detail);
  return signature.key ?? faultIn(sha256, 'its signature cannot be read.');
}
