// The BagIt declaration and the few facts about a pack that archives read (RFC 8493 section 2.2).
import { Problem } from '#shared/model/problem.ts';
import { decodeText } from './text-file.ts';

export const bagitDeclaration = Buffer.from('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');

export type BagInfo = {
  readonly baggingDate: string;
  readonly softwareAgent: string;
  readonly externalIdentifier: string;
  /** Octets and number of the payload files: `1234.13`. */
  readonly payloadOxum: string;
  readonly previousPackSha256: string | null;
  /** Until when, or by which rule, to keep it; null or absent where nobody said. */
  readonly retention?: string | null;
};

/** Sum of bytes and number of files of the payload, as `octets.count`. */
export function payloadOxum(payload: Iterable<{ readonly bytes: number }>): string {
  let [octets, files] = [0, 0];
  for (const { bytes } of payload) {
    octets += bytes;
    files += 1;
  }
  return `${octets}.${files}`;
}

export function formatBagInfo(info: BagInfo): Buffer {
  const lines = [
    `Bagging-Date: ${info.baggingDate}`,
    `Bag-Software-Agent: ${info.softwareAgent}`,
    `External-Identifier: ${info.externalIdentifier}`,
    `Payload-Oxum: ${info.payloadOxum}`,
    ...(info.previousPackSha256 === null ? [] : [`Previous-Pack-SHA256: ${info.previousPackSha256}`]),
    ...((info.retention ?? null) === null ? [] : [`Retention: ${info.retention}`]),
  ];
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
}

/**
 * Reads bag-info.txt of exactly the form {@link formatBagInfo} writes.
 * @throws Problem `file-unreadable`
 */
export function parseBagInfo(bytes: Uint8Array): BagInfo {
  const fields = new Map<string, string>();
  for (const line of decodeText(bytes, 'bag-info.txt').split('\n')) {
    const match = /^([A-Za-z0-9-]+): (\S.*)$/.exec(line);
    if (match) fields.set(match[1] ?? '', match[2] ?? '');
  }
  const info = {
    baggingDate: fields.get('Bagging-Date') ?? '',
    softwareAgent: fields.get('Bag-Software-Agent') ?? '',
    externalIdentifier: fields.get('External-Identifier') ?? '',
    payloadOxum: fields.get('Payload-Oxum') ?? '',
    previousPackSha256: fields.get('Previous-Pack-SHA256') ?? null,
    retention: fields.get('Retention') ?? null,
  };
  if (formatBagInfo(info).equals(bytes)) return info;
  throw new Problem('file-unreadable', 'bag-info.txt does not have the fields of an evidence pack.');
}
