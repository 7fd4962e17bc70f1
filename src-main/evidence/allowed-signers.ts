// The ALLOWED SIGNERS format of ssh-keygen(1), read strictly: who may sign what, and when.
import { Problem } from '#shared/model/problem.ts';
import { isKeyType, parsePublicKey, type PublicKey } from './public-key.ts';
import { parseSignerTime } from './signer-time.ts';

export type AllowedSigner = {
  readonly principals: string;
  readonly key: PublicKey;
  /** A certificate authority vouches for certificates; it never signs itself. */
  readonly certAuthority: boolean;
  readonly namespaces: string | null;
  /** Seconds since the epoch, both ends included. */
  readonly validAfter: number | null;
  readonly validBefore: number | null;
};

type Options = Omit<AllowedSigner, 'principals' | 'key'>;
const noOptions: Options = { certAuthority: false, namespaces: null, validAfter: null, validBefore: null };
const option = /^(?:(cert-authority)|(namespaces|valid-after|valid-before)="((?:[^"\\]|\\.)*)")(?:,(?=.)|$)/i;

const fault = (line: number, what: string) =>
  new Problem('invalid-input', `The list of allowed signers cannot be read: line ${line} ${what}.`, {
    next: 'Correct the line; the format is described under ALLOWED SIGNERS in the manual page of ssh-keygen.',
  });

function readTime(text: string, zone: string, line: number): number {
  const seconds = parseSignerTime(text, zone);
  if (seconds === null) throw fault(line, 'has a time that is not YYYYMMDD[Z] or YYYYMMDDHHMM[SS][Z]');
  return seconds;
}

function withOption(options: Options, match: RegExpExecArray, zone: string, line: number): Options {
  const [, authority, name = '', quoted = ''] = match;
  if (authority !== undefined) return { ...options, certAuthority: true };
  const value = quoted.replaceAll('\\"', '"');
  const word = name.toLowerCase();
  const key = word === 'namespaces' ? 'namespaces' : word === 'valid-after' ? 'validAfter' : 'validBefore';
  if (options[key] !== null) throw fault(line, `has ${word} twice`);
  return { ...options, [key]: key === 'namespaces' ? value : readTime(value, zone, line) };
}

function parseOptions(text: string, zone: string, line: number): Options {
  let options = noOptions;
  let rest = text;
  while (rest !== '') {
    const match = option.exec(rest);
    if (!match) throw fault(line, 'has an option that this program does not know');
    options = withOption(options, match, zone, line);
    rest = rest.slice(match[0].length);
  }
  const { validAfter, validBefore } = options;
  if (validAfter !== null && validBefore !== null && validAfter >= validBefore) {
    throw fault(line, 'ends before it begins to be valid');
  }
  return options;
}

function parseKey(text: string, line: number): PublicKey {
  try {
    return parsePublicKey(text);
  } catch (cause) {
    if (cause instanceof Problem) throw fault(line, 'has a damaged public key');
    throw cause;
  }
}

function parseLine(text: string, zone: string, line: number): AllowedSigner {
  const head = /^(?:"([^"]+)"|([^\s"]+))[ \t]+(.*)$/.exec(text);
  if (!head) throw fault(line, 'does not begin with who may sign, followed by a key');
  const principals = head[1] ?? head[2] ?? '';
  const rest = head[3] ?? '';
  if (isKeyType(rest.split(/[ \t]/, 1)[0] ?? '')) {
    return { principals, ...noOptions, key: parseKey(rest, line) };
  }
  const split = /^((?:[^\s"]|"(?:[^"\\]|\\.)*")+)[ \t]+(.+)$/.exec(rest);
  if (!split) throw fault(line, 'has no public key');
  return { principals, ...parseOptions(split[1] ?? '', zone, line), key: parseKey(split[2] ?? '', line) };
}

/**
 * Reads a whole list.
 * @param zone IANA zone for times without a trailing Z; ssh-keygen takes the zone of the machine.
 * @throws Problem `invalid-input` naming the first line that cannot be read; no line is ever skipped.
 */
export function parseAllowedSigners(text: string, zone: string): AllowedSigner[] {
  const signers: AllowedSigner[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line !== '' && !line.startsWith('#')) signers.push(parseLine(line, zone, index + 1));
  }
  return signers;
}
