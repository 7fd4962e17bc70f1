// Recognises changes to what is logged, and to how long it is kept.

export type AuditChange = 'disabling' | 'enabling' | 'changing';

const disabling = new Set(
  (
    'clear deactivate decrease delete destroy detach disable disconnect drop erase pause purge reduce remove shorten stop ' +
    'suspend truncate wipe'
  ).split(' '),
);
const enabling = new Set('activate add attach create enable extend increase resume start'.split(' '));
const changing = new Set('alter change configure edit modify put reset set update'.split(' '));

/** Settings of logging: whatever is done to them changes what is logged. */
const settings = new RegExp(
  [
    String.raw`\b(logging|auditing|syslog|siem|eventlog)\b`,
    String.raw`(?<!\b(customer|user|employee|client|staff|patient) )\bretention\b(?! (offer|campaign|rate|bonus|email)s?\b)`,
    String.raw`\btrails?\b`,
    String.raw`\bevent selectors?\b`,
    String.raw`\bactivity stream\b`,
    String.raw`\bdelivery channel\b`,
    String.raw`\bconfiguration recorder\b`,
    String.raw`\b(flow|query) logs?\b`,
    String.raw`\baudit (polic(y|ies)|config|configuration|settings?|rules?|sinks?|streams?|streaming|level)\b`,
    String.raw`\blogs? (config|configuration|settings?|polic(y|ies)|sinks?|streaming|forward(ing|er)s?|level|drains?|destinations?)\b`,
    String.raw`\baudit logs? (streams?|streaming)\b`,
  ].join('|'),
);

/** Logs themselves: only losing them matters. A call log or a work log is somebody's data. */
const logs =
  /(^|\b(audit|security|access|activity|event|system|server|admin|error|application|app|debug|transaction|aws|log|[a-z]*delete|clear|purge|truncate|wipe|drop|destroy|disable|stop) )(logs?|log (streams?|groups?))\b/;
const audit = /\baudits?\b/;

/**
 * What an action does to the audit configuration; null when that is not what it is about.
 * @param verb its main verb, base form.
 */
export function auditChange(words: readonly string[], verb: string): AuditChange | null {
  const kind = disabling.has(verb)
    ? 'disabling'
    : enabling.has(verb)
      ? 'enabling'
      : changing.has(verb)
        ? 'changing'
        : null;
  if (kind === null) return null;
  const text = words.join(' ');
  if (settings.test(text)) return kind;
  if (kind === 'changing') return /\blog (streams?|groups?)\b/.test(text) ? kind : null;
  if (kind === 'enabling') return null;
  const isStopped = audit.test(text) && /^(disable|stop|pause|suspend|clear|deactivate)$/.test(verb);
  return isStopped || logs.test(text) ? kind : null;
}
