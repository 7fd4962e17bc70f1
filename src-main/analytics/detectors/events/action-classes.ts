// Says what an action is by its name: a sign-in, a failed one, a deletion, a grant, a change to what is logged.
import type { History } from '../../history/history.ts';
import { mainVerb, verbOf, wordsOf } from './action-words.ts';
import { auditChange } from './audit-actions.ts';
import { actionClass } from './class-bits.ts';
import { signInClasses } from './sign-in-actions.ts';

/** The classes of an action, as bits of {@link actionClass}; 0 for an action that is in none. */
export function classesOf(action: string): number {
  const words = wordsOf(action);
  const signIn = signInClasses(words);
  if (signIn !== 0) return signIn;
  if (words.some((word) => failing.has(word))) return 0;
  const verb = mainVerb(action);
  if (verb === null) return 0;
  const audit = auditChange(words, verb);
  if (audit !== null)
    return (
      actionClass.auditChange |
      (audit === 'disabling' ? actionClass.auditDisabling : 0) |
      (audit === 'enabling' ? actionClass.auditEnabling : 0) |
      (isDeletion(words, verb) ? actionClass.deletion : 0)
    );
  return (
    (isDeletion(words, verb) ? actionClass.deletion : 0) |
    (isExport(words, verb) ? actionClass.export : 0) |
    privilegeClasses(words, verb) |
    (creating.has(verb) ? actionClass.creation : 0) |
    (isApproval(words, verb) ? actionClass.approval : 0)
  );
}

const failing = new Set(['failed', 'failure', 'fail', 'denied', 'rejected', 'refused', 'forbidden']);

const deleting = new Set([
  'delete',
  'destroy',
  'drop',
  'erase',
  'purge',
  'remove',
  'trash',
  'truncate',
  'unlink',
  'wipe',
]);
/** What is removed from something without being destroyed: people, rights, marks. */
const removable =
  /^(members?|membership|users?|roles?|permissions?|groups?|access|polic(y|ies)|owners?|admins?|tags?|labels?|assignees?|reviewers?|moderators?|favou?rites?|from)$/;

function isDeletion(words: readonly string[], verb: string): boolean {
  if (verb === 'remove') return !words.some((word) => removable.test(word));
  if (verb === 'terminate') return words.some((word) => /^instances?$/.test(word));
  if (verb === 'schedule') return words.includes('deletion');
  return deleting.has(verb);
}

const producing = new Set(['create', 'complete', 'finish', 'start', 'run', 'generate']);

function isExport(words: readonly string[], verb: string): boolean {
  if (verb === 'export' || verb === 'download' || verb === 'dump' || verb === 'clone') return true;
  return producing.has(verb) && words.some((word) => word === 'export' || word === 'download');
}

const changing = new Set(
  (
    'add alter assign attach authorize change create delete demote destroy detach disable edit elevate enable give grant ' +
    'invite modify promote put remove reset revoke set unassign update'
  ).split(' '),
);
const taking = new Set('delete demote destroy detach disable remove revoke unassign'.split(' '));
const rights =
  /^(privileges?|roles?|permissions?|entitlements?|rights|admins?|administrators?|superusers?|owners?|ownership|maintainers?|moderators?|members?|membership|polic(y|ies)|acl|acls|sudo|sudoers|impersonation|grants?|scopes?)$/;

function privilegeClasses(words: readonly string[], verb: string): number {
  const isCredential = changing.has(verb) && credential.test(words.join(' '));
  const isPrivilege =
    verb === 'grant' ||
    verb === 'elevate' ||
    (verb === 'revoke' && !isCredential) ||
    (changing.has(verb) && words.some((word) => rights.test(word))) ||
    (changing.has(verb) && isGroupMembership(words)) ||
    (changing.has(verb) && issuedCredential.test(words.join(' ')));
  return (
    (isPrivilege ? actionClass.privilegeChange : 0) |
    (isPrivilege && !taking.has(verb) && verb !== 'reset' ? actionClass.grant : 0) |
    (isCredential ? actionClass.credentialChange : 0)
  );
}

/** “AddUserToGroup”, “group.user_added”. */
function isGroupMembership(words: readonly string[]): boolean {
  return words.some((word) => /^(groups?|teams?)$/.test(word)) && words.some((word) => /^users?$/.test(word));
}

const credential =
  /\b((access|secret|api|public|private|ssh|signing) keys?|login profile|passwords?|passphrase|credentials?|tokens?|mfa|factors?|certificates?)\b/;
/** Credentials that make somebody able to sign in who was not: giving them to others gives rights. */
const issuedCredential = /\b(access keys?|login profile)\b/;

const creating = new Set(['create', 'request', 'submit', 'raise', 'propose', 'open', 'register', 'enter']);

function isApproval(words: readonly string[], verb: string): boolean {
  if (verb === 'approve' || words.includes('countersigned') || words.at(-1) === 'signoff') return true;
  return (verb === 'grant' || verb === 'give') && words.includes('approval');
}

/** What an action is done to: its words without verbs, singular. “access_request.approved” and “access.requested” agree. */
export function nounOf(action: string): string {
  const words = wordsOf(action);
  const verb = mainVerb(action);
  const isSpoken = (word: string) =>
    verbOf(word) === verb || /^(requests?|requested|approvals?|success|succeeded)$/.test(word);
  return words
    .filter((word) => !isSpoken(word))
    .map((word) => word.replace(/(?<=\p{L}{2})s$/u, ''))
    .join(' ');
}

const classesByCode = new WeakMap<History['actions'], number[]>();
const classesBySeries = new WeakMap<History['series'], Uint16Array>();

/** Classes of every series of a history, by series number. Read once per history: actions and series are only ever added. */
export function classesOfSeries({ actions, series }: Pick<History, 'actions' | 'series'>): Uint16Array {
  const known = classesBySeries.get(series) ?? new Uint16Array(0);
  if (known.length === series.length) return known;
  const byCode = classesByCode.get(actions) ?? [];
  classesByCode.set(actions, byCode);
  for (let code = byCode.length; code < actions.size; code += 1)
    byCode.push(classesOf(actions.valueOf(code)));
  const result = new Uint16Array(series.length);
  result.set(known);
  for (let number = known.length; number < series.length; number += 1)
    result[number] = byCode[series[number]!.action]!;
  classesBySeries.set(series, result);
  return result;
}
