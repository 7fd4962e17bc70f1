// Whether the signature in a timestamp token holds (RFC 5652 section 5.4, RFC 5035 for the certificate it names).
import { createHash, verify } from 'node:crypto';
import { ObjectIdentifier, OctetString, Sequence, type BaseBlock } from 'asn1js';
import type { SignerInfo } from 'pkijs';
import { attributes, contentTypes, hashNames, signatureSchemes } from './timestamp-algorithms.ts';
import type { TimestampToken, TokenCertificate } from './timestamp-token.ts';

const digestOf = (algorithm: string, bytes: Uint8Array): Buffer =>
  createHash(algorithm).update(bytes).digest();

/** The one value of an attribute that must occur once; null otherwise. */
function attributeOf({ signedAttrs }: SignerInfo, type: string): BaseBlock | null {
  const found = signedAttrs?.attributes.filter((attribute) => attribute.type === type) ?? [];
  const values: readonly BaseBlock[] = found.length === 1 ? (found[0]?.values ?? []) : [];
  return values.length === 1 ? (values[0] ?? null) : null;
}

const bytesOf = (block: BaseBlock | null | undefined): Uint8Array | null =>
  block instanceof OctetString ? new Uint8Array(block.getValue()) : null;

const isSame = (bytes: Uint8Array | null, other: Uint8Array): boolean =>
  bytes !== null && Buffer.from(bytes).equals(other);

const firstOf = (block: BaseBlock | null | undefined): BaseBlock | undefined =>
  block instanceof Sequence ? block.valueBlock.value[0] : undefined;

/** ESSCertID or ESSCertIDv2: without it another certificate for the same key could be slipped in. */
function namesCertificate(signer: SignerInfo, { x509 }: TokenCertificate): boolean {
  const v2 = firstOf(firstOf(attributeOf(signer, attributes.signingCertificateV2)));
  if (v2 instanceof Sequence) {
    const [first, second] = v2.valueBlock.value;
    if (first instanceof OctetString) return isSame(bytesOf(first), digestOf('sha256', x509.raw));
    const identifier = firstOf(first);
    const name =
      identifier instanceof ObjectIdentifier ? hashNames.get(identifier.valueBlock.toString()) : undefined;
    return name !== undefined && isSame(bytesOf(second), digestOf(name, x509.raw));
  }
  const v1 = firstOf(firstOf(attributeOf(signer, attributes.signingCertificate)));
  return isSame(bytesOf(firstOf(v1)), digestOf('sha1', x509.raw));
}

function hasRightAttributes({ signer, content }: TimestampToken, digestName: string): boolean {
  const type = attributeOf(signer, attributes.contentType);
  const isTimestamp =
    type instanceof ObjectIdentifier && type.valueBlock.toString() === contentTypes.timestampInfo;
  const digest = bytesOf(attributeOf(signer, attributes.messageDigest));
  return isTimestamp && isSame(digest, digestOf(digestName, content));
}

/** Null when the signature holds; otherwise a sentence about the token. */
export function signatureFault(token: TimestampToken): string | null {
  const { signer, signerCertificate } = token;
  const { signedAttrs, signatureAlgorithm, signature } = signer;
  if (signerCertificate === null) return 'It does not hold the certificate of the service that signed it.';
  const digestName = hashNames.get(signer.digestAlgorithm.algorithmId);
  const scheme = signatureSchemes.get(signatureAlgorithm.algorithmId);
  if (!digestName || !scheme) return 'It was signed with an algorithm that is not accepted here.';
  if (!signedAttrs || !hasRightAttributes(token, digestName))
    return 'Its signature is not about its contents.';
  if (!namesCertificate(signer, signerCertificate)) return 'Its signature names another certificate.';
  const key = signerCertificate.x509.publicKey;
  if (key.asymmetricKeyType !== scheme.keyType) return 'Its signature does not fit the kind of its key.';
  const hash = scheme.hash === undefined ? digestName : scheme.hash;
  const signed = new Uint8Array(signedAttrs.encodedValue);
  const holds = verify(hash, signed, key, new Uint8Array(signature.getValue()));
  return holds ? null : 'Its signature does not hold.';
}
