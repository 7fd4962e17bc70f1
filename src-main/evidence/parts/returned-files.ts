// data/returned/: the files in which reviewers handed decisions back, extracted, each in a folder that bears its SHA-256.
/** A file that came back, as its reviewer signed it. */
export type ReturnedFile = {
  /** Of the file as it came: by this the ledger names it. */
  readonly sha256: string;
  /** What is in it, one after the other; each is to be read before the next is asked for. @throws Problem where it is not what the ledger names */
  readonly members: () => AsyncIterable<ReturnedMember>;
};
export type ReturnedMember = { readonly name: string; readonly read: () => AsyncIterable<Uint8Array> };

export const returnedFolder = 'data/returned/';
const form =
  /^data\/returned\/([0-9a-f]{64})\/((?:bagit|bag-info|VERIFY|manifest-sha256|tagmanifest-sha256)\.txt|signatures\/[a-z]+-[0-9a-f]{8}\.sig|data\/decisions\.jsonl?)$/;

/** Whether a payload file is of a file that came back. */
export const isReturned = (name: string): boolean => form.test(name);

/** The files that came back, by their hashes: of each, by its name there, the name in the pack. */
export function returnedIn(names: Iterable<string>): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const name of names) {
    const [, sha256 = '', member = ''] = form.exec(name) ?? [];
    if (sha256 === '') continue;
    const members = found.get(sha256) ?? new Map<string, string>();
    found.set(sha256, members.set(member, name));
  }
  return found;
}
