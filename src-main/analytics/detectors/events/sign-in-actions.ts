// Tells signing in from everything that is merely about signing in.
import { verbOf } from './action-words.ts';
import { actionClass } from './class-bits.ts';

const failing =
  /^(fail|fails|failed|failing|failure|invalid|incorrect|wrong|bad|denied|rejected|refused|unsuccessful)$/;
const succeeding = /^(success|successful|succeeded|succeed|accepted|ok|passed)$/;
const open = /^(attempts?|attempted|tried|challenge|challenged|initiate|initiated|requested|pending)$/;
/** Words of what is set up, counted, told or ended, not of a person at the door. */
const aboutIt =
  /^(thresholds?|polic(y|ies)|rules?|settings?|config|configuration|limits?|reports?|pages?|profiles?|templates?|providers?|urls?|banners?|notifications?|alerts?|emails?|mails?|history|logins|counts?|counters?|statistics|lists?|tokens?|keys?|roles?|permissions?|access|lockout|logout|impersonation|cookies?|timeout|timedout|cancelled|canceled|abandoned|required|links?|codes?|method|methods)$/;
const noSuchAccount = /\b(invalid|unknown|nonexistent|no such) (user|account|username|login)\b/;
const passive = new Set(
  (
    'activate add alter assign authorize change clear clone close complete configure copy count create deactivate delete ' +
    'describe destroy disable disconnect dismiss download edit enable evaluate expire export get give grant import increase ' +
    'install invite issue list modify notify pause promote publish purge put query read recover reduce refresh register remove ' +
    'rename renew reset restore resume review revoke rotate schedule search send set share suspend terminate trigger ' +
    'uninstall unlock update view withdraw'
  ).split(' '),
);

/** Bits of {@link actionClass} for the words of an action; 0 when it is no sign-in. */
export function signInClasses(words: readonly string[]): number {
  const isUnknown = noSuchAccount.test(words.join(' '));
  const hasFailed = isUnknown || words.some((word) => failing.test(word));
  if (!isSignIn(words, hasFailed)) return 0;
  const isOpen = !hasFailed && words.some((word) => open.test(word));
  return (
    actionClass.signIn |
    (hasFailed ? actionClass.failed : 0) |
    (isOpen ? actionClass.needsOutcome : 0) |
    (isUnknown ? actionClass.unknownAccount : 0)
  );
}

function isSignIn(words: readonly string[], hasFailed: boolean): boolean {
  if (isSessionStart(words)) return true;
  if (words.some((word) => aboutIt.test(word) || passive.has(verbOf(word) ?? ''))) return false;
  if (!hasFailed && words.some((word) => /^(locked|lock|blocked)$/.test(word))) return false;
  if (words.some((word) => /^(login|authenticate|authenticated|authentication|sso)$/.test(word))) return true;
  const saysHow = hasFailed || words.some((word) => succeeding.test(word) || open.test(word));
  return saysHow && words.some((word) => /^(auth|authn|password|passcode|mfa|otp|totp|2fa)$/.test(word));
}

/** “session.start”, “user.session.opened”; a command to start a session on some machine (“StartSession”) is none. */
function isSessionStart(words: readonly string[]): boolean {
  const at = words.indexOf('session');
  return (
    at >= 0 &&
    at === words.length - 2 &&
    !words.some((word) => /^(impersonation|import|export)$/.test(word)) &&
    /^(start|started|open|opened|created|established)$/.test(words[at + 1]!)
  );
}
