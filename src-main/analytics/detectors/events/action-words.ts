// Splits the name of an action into words, and finds the one that says what was done.

/** Longer names are read up to here: what an action is, its first words say. */
const longestName = 300;

/** Verbs by their base form, with the other forms they take in names of actions. */
const verbs: Readonly<Record<string, string>> = {
  accept: 'accepts accepted',
  activate: 'activated activation',
  add: 'adds added',
  alter: 'alters altered',
  approve: 'approves approved',
  assign: 'assigns assigned',
  assume: 'assumed',
  attach: 'attaches attached',
  authorize: 'authorized authorised authorise authorization authorisation',
  change: 'changes changed',
  clear: 'clears cleared',
  clone: 'cloned',
  close: 'closes closed',
  complete: 'completes completed',
  configure: 'configured',
  copy: 'copied',
  count: 'counted',
  create: 'creates created',
  deactivate: 'deactivated deactivation',
  decrease: 'decreased',
  delete: 'deletes deleted deletion deleting',
  demote: 'demoted',
  describe: 'described',
  destroy: 'destroys destroyed',
  detach: 'detaches detached',
  disable: 'disables disabled',
  disconnect: 'disconnected',
  dismiss: 'dismissed',
  download: 'downloads downloaded downloading',
  drop: 'dropped',
  dump: 'dumped',
  edit: 'edited',
  elevate: 'elevated elevation',
  enable: 'enables enabled',
  enter: 'entered',
  erase: 'erased erasure',
  evaluate: 'evaluated evaluation',
  execute: 'executed',
  expire: 'expired',
  export: 'exports exported exporting',
  finish: 'finished',
  generate: 'generated',
  get: 'gets got',
  give: 'given gave',
  grant: 'grants granted',
  import: 'imported',
  increase: 'increased',
  install: 'installed',
  invite: 'invited',
  invoke: 'invoked',
  issue: 'issued',
  list: 'lists listed listing',
  modify: 'modifies modified',
  notify: 'notified',
  open: 'opens opened',
  pause: 'paused',
  promote: 'promoted',
  propose: 'proposed',
  publish: 'published',
  purge: 'purges purged',
  put: '',
  query: 'queried',
  raise: 'raised',
  read: 'reads',
  recover: 'recovered',
  reduce: 'reduced',
  refresh: 'refreshed',
  register: 'registered',
  remove: 'removes removed removal',
  rename: 'renamed',
  renew: 'renewed',
  request: 'requests requested',
  reset: 'resets',
  restore: 'restored',
  resume: 'resumed',
  review: 'reviewed',
  revoke: 'revokes revoked revocation',
  rotate: 'rotated',
  run: 'ran',
  schedule: 'scheduled',
  search: 'searched',
  send: 'sent',
  set: 'sets',
  share: 'shared',
  shorten: 'shortened',
  start: 'starts started',
  stop: 'stops stopped',
  submit: 'submits submitted',
  suspend: 'suspended',
  terminate: 'terminated',
  test: 'tested',
  trash: 'trashed',
  trigger: 'triggered',
  truncate: 'truncated',
  unassign: 'unassigned',
  uninstall: 'uninstalled',
  unlink: 'unlinked',
  unlock: 'unlocked',
  update: 'updates updated',
  upload: 'uploaded',
  validate: 'validated',
  verify: 'verified verification',
  view: 'views viewed',
  wipe: 'wiped',
  withdraw: 'withdrawn',
};

const baseOf = new Map(
  Object.entries(verbs).flatMap(([base, forms]) =>
    [base, ...forms.split(' ').filter((form) => form !== '')].map((form) => [form, base] as const),
  ),
);

const irregularPast = new Set(['given', 'gave', 'got', 'ran', 'sent', 'withdrawn']);

const joined = new Map(
  Object.entries({
    'log in': 'login',
    'log on': 'login',
    'sign in': 'login',
    'sign on': 'login',
    'logged in': 'login',
    'logged on': 'login',
    'signed in': 'login',
    'signed on': 'login',
    'log out': 'logout',
    'logged out': 'logout',
    'logged off': 'logout',
    'signed out': 'logout',
    'log off': 'logout',
    'sign out': 'logout',
    'sign off': 'signoff',
  }),
);
const sameWord = new Map(
  Object.entries({
    logon: 'login',
    signin: 'login',
    signon: 'login',
    logoff: 'logout',
    signout: 'logout',
  }),
);

/**
 * The words of a name in lower case: “auth.login_failed” and “AuthLogInFailed” are both auth, login, failed.
 * Words that mean the same here (sign in, logon) become one.
 */
export function wordsOf(action: string): string[] {
  const parts = action
    .slice(0, longestName)
    .replaceAll(/(?<=[\p{Ll}\d])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\d)/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
  const words: string[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const pair = joined.get(`${parts[at]} ${parts[at + 1]}`);
    words.push(pair ?? sameWord.get(parts[at]!) ?? parts[at]!);
    if (pair !== undefined) at += 1;
  }
  return words;
}

/** Base form of a verb, or undefined for any other word. */
export function verbOf(word: string): string | undefined {
  return baseOf.get(word);
}

/**
 * What was done, as a base form. The last part of a dotted name that holds a verb decides (“org.audit_log_export” is export);
 * in it the last word where it is past tense (“export_rules_updated” is update), else the first where it is a command (“DeleteTrail”,
 * “list_deleted”), else the last verb of all (“role_grant”). Null when there is none.
 */
export function mainVerb(action: string): string | null {
  for (const part of action.slice(0, longestName).split(/[.:]/).toReversed()) {
    const verb = verbIn(wordsOf(part));
    if (verb !== undefined) return verb;
  }
  return null;
}

function verbIn(words: readonly string[]): string | undefined {
  const last = words.at(-1) ?? '';
  const lastVerb = verbOf(last);
  if (last !== lastVerb && (last.endsWith('ed') || irregularPast.has(last)) && lastVerb !== undefined)
    return lastVerb;
  if (words.length > 0 && verbOf(words[0]!) === words[0]) return words[0];
  return words.map(verbOf).findLast((verb) => verb !== undefined);
}
