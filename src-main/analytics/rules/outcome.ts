// What an event says about how it ended: failed, denied, and whether it was somebody signing in.
import type { History } from '../history/history.ts';
import type { Segment } from '../history/segment.ts';
import { actionsThat, readCoded, seriesColumns } from './reading.ts';

type Predicate = (index: number) => boolean;

const failedOutcomes = new Set(['failure', 'failed', 'error', 'denied']);
const deniedWords = new Set(['denied', 'unauthorized', 'unauthorised', 'forbidden']);
const failedWords = new Set(['failed', 'failure', 'rejected', 'refused', ...deniedWords]);

/** Lower-case words of an action's name: “auth.login_failed” and “AuthLoginFailed” have the same. */
export function wordsOf(action: string): string[] {
  return action
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** Its last word says so, or it begins with a failed sign-in; “login_failed_threshold.updated” is about something else. */
export function saysFailed(action: string): boolean {
  const words = wordsOf(action);
  if (failedWords.has(words.at(-1) ?? '')) return true;
  return isSignIn(action) && ['failed', 'invalid'].some((word) => words.includes(word));
}

export function saysDenied(action: string): boolean {
  return deniedWords.has(wordsOf(action).at(-1) ?? '');
}

const signInPhrases = (
  'login,logon,signin,authenticate,authenticated,authentication,sign in,log in,log on,signed in,logged in,' +
  'session start,session started,auth failed,auth failure,auth success,auth succeeded,auth accepted,auth rejected,' +
  'auth denied,auth invalid'
)
  .split(',')
  .map((phrase) => ` ${phrase} `);
/** What is done to settings about signing in is not signing in. */
const otherVerbs = new Set(
  (
    'create created update updated delete deleted change changed list listed get put set describe enable enabled ' +
    'disable disabled view viewed read export exported configure configured reset add added remove removed'
  ).split(' '),
);

/** Somebody proving who they are, with or without success. */
export function isSignIn(action: string): boolean {
  const words = wordsOf(action);
  if (otherVerbs.has(words[0] ?? '') || otherVerbs.has(words.at(-1) ?? '')) return false;
  const text = ` ${words.join(' ')} `;
  return signInPhrases.some((phrase) => text.includes(phrase));
}

/** What a rule asks about events, for one history; each action's name is looked at once. */
export interface Outcomes {
  /** The outcome or the action says that it failed; what says neither did not. */
  failedIn(segment: Segment): Predicate;
  /** Failed because it was not allowed: by outcome, by action, or by status 401 or 403. */
  deniedIn(segment: Segment): Predicate;
  signInIn(segment: Segment): Predicate;
}

export function outcomesOf(history: History): Outcomes {
  const { actions } = seriesColumns(history);
  const table = (accepts: (action: string) => boolean) => {
    const accepted = actionsThat(history, accepts);
    return ({ series }: Segment): Predicate =>
      (index) =>
        accepted[actions[series[index]!]!] === 1;
  };
  const byAction = { failed: table(saysFailed), denied: table(saysDenied), signIn: table(isSignIn) };
  const failedIn = (segment: Segment) => {
    const says = byAction.failed(segment);
    const outcome = readCoded(segment, 'outcome', (text) =>
      Number(failedOutcomes.has(text?.toLowerCase() ?? '')),
    );
    return (index: number) => outcome?.(index) === 1 || says(index);
  };
  const deniedIn = (segment: Segment) => {
    const says = byAction.denied(segment);
    const outcome = readCoded(segment, 'outcome', (text) => Number(text?.toLowerCase() === 'denied'));
    const status = readCoded(segment, 'status', (text) => Number(text === '401' || text === '403'));
    return (index: number) => outcome?.(index) === 1 || status?.(index) === 1 || says(index);
  };
  return { failedIn, deniedIn, signInIn: byAction.signIn };
}
