// Judges stored timestamps: what they are about, whether they hold, and whether a named authority stands behind them.
import { createHash } from 'node:crypto';
import { Problem } from '#shared/model/problem.ts';
import { hashNames } from './timestamp-algorithms.ts';
import { chainFault } from './timestamp-chain.ts';
import type { TimestampAnswer, TimestampJudge, TimestampQuestion } from './timestamp-judge.ts';
import { signatureFault } from './timestamp-signature.ts';
import {
  parseTimestamp,
  readCertificate,
  type TimestampToken,
  type TokenCertificate,
} from './timestamp-token.ts';

const armored = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;
const mostAuthorities = 200;

/**
 * Reads the certificates of the authorities somebody trusts with the time, in PEM.
 * @throws Problem `invalid-input`
 */
export function parseAuthorities(pem: string): TokenCertificate[] {
  const unreadable = (what: string, cause?: unknown) =>
    new Problem('invalid-input', `The certificates of the timestamp authority cannot be read: ${what}.`, {
      next: 'Give a PEM file with the certificate of the authority (-----BEGIN CERTIFICATE-----).',
      cause,
    });
  const found = [...pem.matchAll(armored)].map(([, base64 = '']) => Buffer.from(base64, 'base64'));
  if (found.length === 0) throw unreadable('there is none');
  if (found.length > mostAuthorities) throw unreadable('there are too many');
  try {
    return found.map(readCertificate);
  } catch (cause) {
    throw unreadable('one is damaged', cause);
  }
}

/** Whether the token is about exactly these bytes. */
export function isAbout({ info }: TimestampToken, bytes: Uint8Array): boolean {
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  const name = hashNames.get(hashAlgorithm.algorithmId);
  if (name === undefined) return false;
  return createHash(name).update(bytes).digest().equals(new Uint8Array(hashedMessage.getValue()));
}

const longestName = 80;

/** Names in certificates are other people's text. */
function nameOf({ x509 }: TokenCertificate): string {
  const common = /^CN=(.*)$/m.exec(x509.subject)?.[1] ?? x509.subject;
  return common
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, longestName);
}

/** Seconds since the epoch by which the stamped bytes existed: the stated time plus its stated inaccuracy. */
function latestTime({ genTime, accuracy }: TimestampToken['info']): number {
  const { seconds = 0, millis = 0, micros = 0 } = accuracy ?? {};
  return Math.ceil(genTime.getTime() / 1000 + seconds + millis / 1000 + micros / 1_000_000);
}

const refused = (fault: 'tampered' | 'malformed' | 'unpinned', reason: string): TimestampAnswer => ({
  standing: 'refused',
  fault,
  reason,
});

function judge(
  { token: reply, signature }: TimestampQuestion,
  authorities: readonly TokenCertificate[] | null,
): TimestampAnswer {
  const token = parseTimestamp(reply);
  if (!isAbout(token, signature)) return refused('tampered', 'It is about another file.');
  const fault = signatureFault(token);
  const service = token.signerCertificate;
  if (fault !== null || service === null) return refused('tampered', fault ?? 'Its signature does not hold.');
  const at = latestTime(token.info);
  if (!Number.isFinite(at)) return refused('malformed', 'It states no time.');
  const authority = nameOf(service);
  if (authorities === null) return { standing: 'unchecked', at, authority };
  const stated = token.info.genTime.getTime();
  const search = { authorities, intermediates: token.certificates, at: stated };
  const doubt = chainFault(service, search);
  return doubt === null ? { standing: 'trusted', at, authority } : refused('unpinned', doubt);
}

/**
 * A judge of RFC 3161 timestamps that never throws.
 * @param authorities those trusted with the time; null leaves sound timestamps unchecked.
 */
export function timestampJudge(authorities: readonly TokenCertificate[] | null): TimestampJudge {
  return (question) => {
    try {
      return judge(question, authorities);
    } catch (error) {
      if (error instanceof Problem) return refused('malformed', error.message);
      // Hostile bytes must end in an answer, whatever they provoke in the libraries.
      return refused('malformed', 'It cannot be read.');
    }
  };
}
