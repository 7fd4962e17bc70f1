// The two kinds of files of a campaign that travel: what they hold, who signs them, and in which namespace.
import type { z } from 'zod';
import { assignmentStatement, decisionsStatement } from '#shared/model/campaign-files.ts';
import { signatureNamespaces } from '../../evidence/sshsig.ts';

export type TravelKind<Schema extends z.ZodType = z.ZodType> = {
  readonly namespace: string;
  /** For sentences: “this is …”. */
  readonly what: string;
  /** In the name of the signature file. */
  readonly role: string;
  readonly statementFile: string;
  readonly rowsFile: string;
  /** A line beside each of the rows; files of earlier releases have none. */
  readonly besideFile?: string;
  readonly statement: Schema;
  /** A statement holds a definition and its people, or names files of items; never items. */
  readonly largestStatementBytes: number;
  /** What the rows are, for VERIFY.txt. */
  readonly rowsAre: string;
};

export const assignmentKind: TravelKind<typeof assignmentStatement> = {
  namespace: signatureNamespaces.assignment,
  what: 'an assignment',
  role: 'owner',
  statementFile: 'data/assignment.json',
  rowsFile: 'data/items.jsonl',
  besideFile: 'data/evidence.jsonl',
  statement: assignmentStatement,
  largestStatementBytes: 2 ** 25,
  rowsAre: `the items to decide, one a line, as they stand in the frozen population of the campaign;
data/evidence.jsonl what the owner of the campaign knows of each, when the file was made`,
};

export const decisionsKind: TravelKind<typeof decisionsStatement> = {
  namespace: signatureNamespaces.assignmentDecisions,
  what: 'a file of decisions on an assignment',
  role: 'reviewer',
  statementFile: 'data/decisions.json',
  rowsFile: 'data/decisions.jsonl',
  statement: decisionsStatement,
  largestStatementBytes: 2 ** 24,
  rowsAre: 'the decisions, each the entry of the reviewer’s ledger, one a line',
};

/** How a stranger checks such a file with tools that come with the system. It names no key on purpose. */
export const verifyTextOf = ({ what, rowsAre, statementFile, rowsFile, namespace }: TravelKind): Buffer =>
  Buffer.from(`HOW TO VERIFY THIS FILE

It is ${what} of an access review. ${statementFile} says what it is about and names the frozen population by its SHA-256.
${rowsFile} holds ${rowsAre}.

You need sha256sum, ssh-keygen of OpenSSH 8.1 or later, and by another channel than this file the list of allowed signers,
here called signers, and the identity in it, here called IDENTITY.

Extract this file with any unzip program, and open a terminal in the folder that holds VERIFY.txt. On macOS write
"shasum -a 256" for "sha256sum". Every one of the steps must succeed.

  sha256sum --strict -c tagmanifest-sha256.txt
  sha256sum --strict -c manifest-sha256.txt
  cut -c67- manifest-sha256.txt | LC_ALL=C sort > /tmp/listed
  find data -type f | LC_ALL=C sort > /tmp/found
  diff /tmp/listed /tmp/found
  for s in signatures/*.sig; do
    ssh-keygen -Y verify -f signers -I IDENTITY -n ${namespace} -s "$s" < tagmanifest-sha256.txt
  done
`);
