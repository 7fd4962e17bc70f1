// The words for entries about the workspace itself: who reviews, how it is set up, its clock, its keys and its checkpoints.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { Saying } from '#shared/model/ledger.ts';
import { confirmedChanges } from './connection-state.ts';
import { sameDatabase } from './database-pin.ts';
import { sayPrivacyEntry } from './privacy/entry-words.ts';
import { because, numberOf, plural, spanWords, textOf, textsOf, value, words } from './say.ts';

type Payload = LedgerEntry['payload'];

/** Null for entries about anything else. */
export function sayWorkspaceEntry({ type, payload, subject }: LedgerEntry): Saying | null {
  switch (type) {
    case 'workspace-created':
      return [words('Created the workspace with version '), value(textOf(payload, 'version')), words('.')];
    case 'connection-changed':
      return sayConnection(payload);
    case 'reviewer-changed':
      return [
        value(textOf(payload, 'name')),
        words(' reviews here, as '),
        value(textOf(payload, 'id')),
        words('.'),
      ];
    case 'key-created':
    case 'key-taken-up':
    case 'key-rotated':
    case 'key-revoked':
    case 'key-reported':
    case 'key-endorsed':
    case 'key-idle-changed':
      return sayKey(type, payload, subject);
    case 'configuration-changed':
      return sayPrivileged(payload);
    case 'aliases-changed':
      return sayAliases(payload);
    case 'four-eyes-changed':
      return sayFourEyes(payload);
    case 'detection-changed':
      return [words('Changed what is looked for.'), ...because(payload, 'reason', 'Reason')];
    case 'clock-jump':
    case 'clock-acknowledged':
      return sayClock(payload);
    case 'checkpoint':
      return sayCheckpoint(payload, subject);
    case 'ledger-restored':
      return sayRestored(payload);
    case 'export':
      return [words('Exported the evidence pack '), value(textOf(payload, 'name')), words('.')];
    case 'list-exported':
      return [
        words(
          `Exported ${plural(Number(payload['rows']), 'row')} of ${textOf(payload, 'what') ?? 'a list'} into `,
        ),
        value(textOf(payload, 'file')),
        words('.'),
      ];
    case 'trust-changed':
      return sayTrust(payload, subject);
    case 'pack-signed-off':
      return [
        words(`Signed off as ${textOf(payload, 'role') ?? 'somebody'} the evidence pack `),
        value(textOf(payload, 'name')),
        words('.'),
        ...because(payload, 'note', 'Note'),
      ];
    case 'pack-deleted':
      return [
        words('Deleted the evidence pack '),
        value(textOf(payload, 'name')),
        words('.'),
        ...because(payload, 'reason', 'Reason'),
      ];
    case 'controls-changed':
      return [
        words('Changed which controls the evidence is meant for.'),
        ...because(payload, 'reason', 'Reason'),
      ];
    case 'pack-timestamped':
      return [words('Added timestamps to the evidence pack '), value(textOf(payload, 'name')), words('.')];
    case 'mask-changed':
    case 'unmask':
    case 'erasure':
    case 'erasure-lifted':
    case 'pack-redacted':
    case 'values-revealed':
      return sayPrivacyEntry(type, payload);
    default:
      return null;
  }
}

function sayKey(type: LedgerEntry['type'], payload: Payload, subject: string | null): Saying {
  if (payload['isReplacement'] === true)
    return [
      words('Put the signing key '),
      value(subject),
      words(' in the place of an earlier one of this reviewer, without proof that it is of the same person.'),
    ];
  if (type === 'key-created') return [words('Created the signing key '), value(subject), words('.')];
  if (type === 'key-taken-up')
    return [
      words('Showed that they hold the signing key '),
      value(subject),
      words(', which signs here again.'),
    ];
  if (type === 'key-idle-changed')
    return [
      words(`An unlocked key is locked after ${plural(Number(payload['after']), 'minute')} without an act.`),
    ];
  if (type === 'key-endorsed')
    return [words('The organisation’s list of signers names the signing key '), value(subject), words('.')];
  if (type === 'key-revoked' || type === 'key-reported')
    return [
      words(
        type === 'key-revoked'
          ? 'Revoked the signing key '
          : 'Reported that others may have the signing key ',
      ),
      value(subject),
      words('.'),
      ...because(payload, 'reason', 'Reason'),
    ];
  const endorsed = payload['endorsement'] === null ? ', which does not endorse it.' : ', which endorsed it.';
  return [
    words('Put the signing key '),
    value(subject),
    words(` in the place of the one before${endorsed}`),
    ...because(payload, 'reason', 'Reason'),
  ];
}

const trustActs: Readonly<Record<string, string>> = {
  'root-pinned': 'Pinned the root key of the organisation’s lists of signers: ',
  'list-updated': 'Took the organisation’s list of signers: ',
  'first-use-pinned': 'Compared the key of a signer by another way than the pack: ',
  'first-use-removed': 'Forgot the compared key of ',
  'timestamp-service-set': 'Changed the timestamp service: ',
};

function sayTrust(payload: Payload, subject: string | null): Saying {
  const act = trustActs[textOf(payload, 'change') ?? ''] ?? 'Changed whom this workspace believes: ';
  return [words(act), value(subject), words('.'), ...because(payload, 'reason', 'Reason')];
}

function sayConnection(payload: Payload): Saying {
  return [
    words(
      payload['isSample'] === true ? 'Connected to the sample database ' : 'Connected to the audit database ',
    ),
    value(textOf(payload, 'database')),
    words(' on '),
    value(textOf(payload, 'host')),
    words(' as '),
    value(textOf(payload, 'user')),
    words('.'),
    ...saySameDatabase(payload['sameDatabase']),
    ...sayConfirmed(payload['confirmed']),
  ];
}

function saySameDatabase(found: unknown): Saying {
  const parsed = sameDatabase.safeParse(found);
  if (!parsed.success) return [];
  if (parsed.data.basis === 'address')
    return [
      words(' It answers at the address of the database decided about before, and counts as the same.'),
    ];
  return [
    words(' It was stated to be the database decided about before.'),
    ...because(parsed.data, 'reason', 'Reason'),
  ];
}

function sayConfirmed(found: unknown): Saying {
  const differences = confirmedChanges.safeParse(found).data?.differences ?? [];
  if (differences.length === 0) return [];
  const shown = differences.slice(0, mostListed).flatMap((difference) => [words(' '), value(difference)]);
  const more = differences.length - mostListed;
  return [
    words(` Confirmed ${plural(differences.length, 'difference')} from what it was:`),
    ...shown,
    ...(more > 0 ? [words(` and ${plural(more, 'other')}.`)] : []),
  ];
}

/** What of two lists was added, and what removed. */
function changeOf(payload: Payload): { added: readonly string[]; removed: readonly string[] } {
  const before = textsOf(payload, 'before');
  const after = textsOf(payload, 'after');
  return {
    added: after.filter((one) => !before.includes(one)),
    removed: before.filter((one) => !after.includes(one)),
  };
}

function sayPrivileged(payload: Payload): Saying {
  const { added, removed } = changeOf(payload);
  return [
    words('Changed the list of privileged actions.'),
    ...(added.length === 0 ? [] : [words(' Added: '), ...listed(added), words('.')]),
    ...(removed.length === 0 ? [] : [words(' Removed: '), ...listed(removed), words('.')]),
    ...because(payload, 'reason', 'Reason'),
  ];
}

function sayAliases(payload: Payload): Saying {
  return [
    words('Stated other ids of '),
    value(textOf(payload, 'reviewer')),
    words(': '),
    ...listed(changeOf(payload).added),
    words('.'),
    ...because(payload, 'reason', 'Reason'),
  ];
}

function sayFourEyes(payload: Payload): Saying {
  const rules: readonly unknown[] = Array.isArray(payload['after']) ? payload['after'] : [];
  const there = `${rules.length === 1 ? 'is' : 'are'} ${plural(rules.length, 'rule')}`;
  return [
    words(`Changed the rules about a second person; there ${there} now.`),
    ...because(payload, 'reason', 'Reason'),
  ];
}

const mostListed = 5;

function listed(texts: readonly string[]): Saying {
  const shown = texts
    .slice(0, mostListed)
    .flatMap((text, index) => (index === 0 ? [value(text)] : [words(', '), value(text)]));
  const more = texts.length - mostListed;
  return more > 0 ? [...shown, words(` and ${plural(more, 'other')}`)] : shown;
}

function sayClock(payload: Payload): Saying {
  const backMs = numberOf(payload, 'backMs');
  if (backMs !== null) return [words(`Found this computer’s clock set back by ${spanWords(backMs)}.`)];
  const offsetMs = numberOf(payload, 'offsetMs') ?? 0;
  const side = offsetMs > 0 ? 'ahead of' : 'behind';
  return [
    words(`Acknowledged that the database’s clock is ${spanWords(offsetMs)} ${side} this computer’s.`),
    ...because(payload, 'reason', 'Reason'),
  ];
}

const occasions: Readonly<Record<string, string>> = {
  daily: 'the first act of a day',
  close: 'the end of a session',
  export: 'an export',
  demand: 'a request',
};

function sayCheckpoint(payload: Payload, key: string | null): Saying {
  const size = numberOf(payload, 'size') ?? 0;
  const occasion = occasions[textOf(payload, 'occasion') ?? ''] ?? 'an occasion of a newer release';
  const counted = words(`Checkpoint over ${plural(size, 'entry', 'entries')}, at ${occasion}, `);
  return key === null
    ? [counted, words('not signed.')]
    : [counted, words('signed by '), value(key), words('.')];
}

function sayRestored(payload: Payload): Saying {
  const entries = plural(numberOf(payload, 'entries') ?? 0, 'entry', 'entries');
  const discarded = numberOf(payload, 'discarded');
  const lost =
    discarded === null
      ? 'How many newer ones were given up is not known.'
      : discarded === 0
        ? 'No newer one was given up.'
        : `${plural(discarded, 'newer entry was', 'newer entries were')} given up.`;
  return [words(`Restored the ledger from a backup of ${entries}. ${lost}`)];
}
