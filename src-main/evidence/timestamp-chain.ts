// Whether certificates lead from a timestamp service to an authority somebody named, all valid at the stated time.
import type { X509Certificate } from 'node:crypto';
import { BasicConstraints, ExtKeyUsage, type Certificate } from 'pkijs';
import { BitString } from 'asn1js';
import { extensions, signatureSchemes, timeStampingPurpose } from './timestamp-algorithms.ts';
import type { TokenCertificate } from './timestamp-token.ts';

const longestChain = 6;
const keyUsageBits = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5 } as const;
const understood: ReadonlySet<string> = new Set(Object.values(extensions));

const extensionOf = ({ extensions: held }: Certificate, identifier: string) =>
  held?.find(({ extnID }) => extnID === identifier);

/** A certificate that says nothing about the use of its key allows every use. */
function allowsUse(certificate: Certificate, ...uses: (keyof typeof keyUsageBits)[]): boolean {
  const extension = extensionOf(certificate, extensions.keyUsage);
  if (!extension) return true;
  const value: unknown = extension.parsedValue;
  if (!(value instanceof BitString)) return false;
  const [first = 0] = value.valueBlock.valueHexView;
  return uses.some((use) => (first & (0x80 >> keyUsageBits[use])) !== 0);
}

function authorityLimit(certificate: Certificate): { readonly isAuthority: boolean; readonly below: number } {
  const value: unknown = extensionOf(certificate, extensions.basicConstraints)?.parsedValue;
  if (!(value instanceof BasicConstraints)) return { isAuthority: false, below: 0 };
  const { cA, pathLenConstraint: limit } = value;
  return { isAuthority: cA, below: typeof limit === 'number' ? limit : longestChain };
}

function hasUnknownDemand({ extensions: held }: Certificate): boolean {
  return (held ?? []).some(({ critical, extnID }) => critical && !understood.has(extnID));
}

const isValidAt = ({ x509 }: TokenCertificate, at: number): boolean =>
  Date.parse(x509.validFrom) <= at && at <= Date.parse(x509.validTo);

const isSame = (one: X509Certificate, other: X509Certificate): boolean => one.raw.equals(other.raw);

type Search = {
  readonly authorities: readonly TokenCertificate[];
  readonly intermediates: readonly TokenCertificate[];
  /** Milliseconds since the epoch. */
  readonly at: number;
};

function issued(child: TokenCertificate, issuer: TokenCertificate): boolean {
  return (
    signatureSchemes.has(child.fields.signatureAlgorithm.algorithmId) &&
    child.x509.checkIssued(issuer.x509) &&
    child.x509.verify(issuer.x509.publicKey)
  );
}

/** @param below certificates between this one and the service. */
function leadsToAuthority(child: TokenCertificate, search: Search, below: number): boolean {
  const { authorities, intermediates, at } = search;
  if (authorities.some(({ x509 }) => isSame(x509, child.x509))) return true;
  if (below >= longestChain) return false;
  return [...authorities, ...intermediates].some((issuer) => {
    const { isAuthority, below: limit } = authorityLimit(issuer.fields);
    return (
      isAuthority &&
      below <= limit &&
      allowsUse(issuer.fields, 'keyCertSign') &&
      !hasUnknownDemand(issuer.fields) &&
      isValidAt(issuer, at) &&
      issued(child, issuer) &&
      leadsToAuthority(issuer, search, below + 1)
    );
  });
}

/** RFC 3161 section 2.3: this purpose, no other, and marked critical. */
function isForTimestamps(certificate: Certificate): boolean {
  const extension = extensionOf(certificate, extensions.extendedKeyUsage);
  const value: unknown = extension?.parsedValue;
  return (
    extension?.critical === true &&
    value instanceof ExtKeyUsage &&
    value.keyPurposes.length === 1 &&
    value.keyPurposes[0] === timeStampingPurpose &&
    allowsUse(certificate, 'digitalSignature', 'nonRepudiation')
  );
}

/** Null when the service may be relied on for a time; otherwise a sentence about its certificate. */
export function chainFault(service: TokenCertificate, search: Search): string | null {
  if (!isForTimestamps(service.fields))
    return 'The certificate of its service was not issued for timestamps alone.';
  if (hasUnknownDemand(service.fields))
    return 'The certificate of its service demands what is not known here.';
  if (!isValidAt(service, search.at))
    return 'The certificate of its service was not valid at the time it states.';
  if (leadsToAuthority(service, search, 0)) return null;
  return 'Its service was not certified by the timestamp authority you named, or not for that time.';
}
