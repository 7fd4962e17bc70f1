// Reads the reply of a timestamp authority (RFC 3161 section 2.4.2) into its parts. Nothing is judged here.
import { X509Certificate } from 'node:crypto';
import { fromBER, Constructed, type BaseBlock } from 'asn1js';
import {
  Certificate,
  IssuerAndSerialNumber,
  SignedData,
  TimeStampResp,
  TSTInfo,
  type SignerInfo,
} from 'pkijs';
import { Problem } from '#shared/model/problem.ts';
import { contentTypes } from './timestamp-algorithms.ts';

/** A certificate twice: for its extensions, and for its key and signature. */
export type TokenCertificate = { readonly fields: Certificate; readonly x509: X509Certificate };

export type TimestampToken = {
  readonly info: TSTInfo;
  /** The signed TSTInfo as it stands in the token. */
  readonly content: Uint8Array;
  readonly signer: SignerInfo;
  /** Null when the token does not hold the certificate that its signature names. */
  readonly signerCertificate: TokenCertificate | null;
  readonly certificates: readonly TokenCertificate[];
};

/** Far beyond any real reply, far below what would take long. */
export const largestReplyBytes = 100_000;
const limits = { maxDepth: 40, maxNodes: 5_000 };

const unreadable = (what: string, cause?: unknown) =>
  new Problem('file-unreadable', `The timestamp cannot be read: ${what}.`, { cause });

/**
 * Parses one DER or BER element that takes up all bytes.
 * @throws Problem `file-unreadable`
 */
export function readElement(bytes: Uint8Array): BaseBlock {
  if (bytes.length > largestReplyBytes) throw unreadable('it is larger than any timestamp');
  const copy = Uint8Array.from(bytes);
  const { offset, result } = fromBER(copy, limits);
  if (offset !== copy.length) throw unreadable('its bytes are damaged, or more follow');
  return result;
}

export function readCertificate(raw: Uint8Array): TokenCertificate {
  return { fields: new Certificate({ schema: readElement(raw) }), x509: new X509Certificate(raw) };
}

const childrenOf = (block: BaseBlock | undefined): readonly BaseBlock[] =>
  block instanceof Constructed ? block.valueBlock.value : [];

/** The certificates of a reply, byte for byte: TimeStampResp → ContentInfo → [0] → SignedData → [0]. */
function rawCertificates(reply: Uint8Array): Uint8Array[] {
  const contentInfo = childrenOf(readElement(reply))[1];
  const signedData = childrenOf(childrenOf(contentInfo)[1])[0];
  const held = childrenOf(signedData).find(
    ({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 0,
  );
  return childrenOf(held).map((block) => block.valueBeforeDecodeView);
}

function isNamedBy({ sid }: SignerInfo, { fields }: TokenCertificate): boolean {
  const named: unknown = sid;
  return (
    named instanceof IssuerAndSerialNumber &&
    fields.issuer.isEqual(named.issuer) &&
    fields.serialNumber.isEqual(named.serialNumber)
  );
}

const statusWords: Readonly<Record<number, string>> = {
  2: 'the service rejected the request',
  3: 'the service is still working on the request',
  4: 'the service warns that its certificate is about to be revoked',
  5: 'the service’s certificate has been revoked',
};

function readToken(reply: Uint8Array): TimestampToken {
  const response = new TimeStampResp({ schema: readElement(reply) });
  const status: number = response.status.status;
  if (status !== 0 && status !== 1) throw unreadable(statusWords[status] ?? 'the service granted none');
  const token = response.timeStampToken;
  if (token?.contentType !== contentTypes.signedData) throw unreadable('there is no signed token in it');
  const signed = new SignedData({ schema: token.content });
  const { eContentType, eContent } = signed.encapContentInfo;
  if (eContentType !== contentTypes.timestampInfo || !eContent) throw unreadable('it states no time');
  const content = new Uint8Array(eContent.getValue());
  const [signer, ...others] = signed.signerInfos;
  if (!signer || others.length > 0) throw unreadable('it does not have exactly one signature');
  const certificates = rawCertificates(reply).map(readCertificate);
  return {
    info: new TSTInfo({ schema: readElement(content) }),
    content,
    signer,
    signerCertificate: certificates.find((certificate) => isNamedBy(signer, certificate)) ?? null,
    certificates,
  };
}

/**
 * Reads a reply.
 * @throws Problem `file-unreadable` for a refusal and for whatever cannot be read.
 */
export function parseTimestamp(reply: Uint8Array): TimestampToken {
  try {
    return readToken(reply);
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    // The libraries have many words for bytes that are no such structure.
    throw unreadable('it is not a reply of a timestamp authority', cause);
  }
}
