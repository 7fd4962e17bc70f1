// Our canonical zip: exactly one byte sequence for a set of files, so that a reader can account for every byte.
import { Problem } from '#shared/model/problem.ts';
import { crc32 } from './digest.ts';
import { compareNames, faultInName, type PackFiles } from './pack-files.ts';
import {
  centralHeader,
  endHeader,
  localHeader,
  localHeaderBytes,
  maximumEntries,
  maximumZipBytes,
  type ZipEntry,
} from './zip-headers.ts';

/** A file to be zipped: its checksum and length are known before its content is written. */
export type ZipMember = { readonly name: string; readonly bytes: number; readonly crc: number };

export type ZipLayout<Member extends ZipMember> = {
  /** Sorted by name, each with the header that goes before its content. */
  readonly members: readonly { readonly member: Member; readonly header: Buffer }[];
  /** What goes behind the last content. */
  readonly directory: Buffer;
};

/**
 * Lays out a zip sorted by name: no compression, fixed date, no extra fields, no comments, no folders.
 * @throws Problem `refused` when the files do not fit into a plain zip, TypeError for a name {@link faultInName} refuses.
 */
export function layOutZip<Member extends ZipMember>(given: readonly Member[]): ZipLayout<Member> {
  const entries: ZipEntry[] = [];
  let offset = 0;
  const members = given
    .toSorted((left, right) => compareNames(left.name, right.name))
    .map((member) => {
      const fault = faultInName(member.name);
      if (fault !== null) throw new TypeError(`A file name of the pack ${fault}.`);
      const entry = { name: Buffer.from(member.name, 'utf8'), crc: member.crc, size: member.bytes, offset };
      offset += localHeaderBytes + entry.name.length + entry.size;
      if (offset > maximumZipBytes || entries.length === maximumEntries) throw tooLarge();
      entries.push(entry);
      return { member, header: localHeader(entry) };
    });
  const central = Buffer.concat(entries.map(centralHeader));
  if (offset + central.length > maximumZipBytes) throw tooLarge();
  return { members, directory: Buffer.concat([central, endHeader(entries.length, central.length, offset)]) };
}

/** Zips files that are in memory. */
export function writeZip(files: PackFiles): Buffer {
  const given = [...files].map(([name, content]) => ({
    name,
    content,
    bytes: content.length,
    crc: crc32(content),
  }));
  const { members, directory } = layOutZip(given);
  return Buffer.concat([...members.flatMap(({ member, header }) => [header, member.content]), directory]);
}

const tooLarge = () =>
  new Problem('refused', 'The evidence does not fit into one pack: a pack holds at most 4 GB.', {
    next: 'Export a shorter period.',
  });
