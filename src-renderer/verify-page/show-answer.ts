// Shows a verdict with every check it rests on, what it went by, and what is left to be done.
import type { Verification } from '#shared/model/evidence.ts';
import type { KeyComparison, PageAnswer } from '#shared/model/verify-page.ts';
import { byteSize } from '../domain/byte-size.ts';
import { checkMarkOf, checkMarkWords, type CheckMark } from '../domain/check-marks.ts';
import { headlineOf } from '../domain/verdict-words.ts';
import { element } from './element.ts';

type Verified = Extract<PageAnswer, { kind: 'verified' }>;
type Check = Verification['checks'][number];

/** What the person chose, by name. */
export type ChosenNames = {
  readonly pack: string;
  readonly bytes: number;
  readonly signers: string | null;
  readonly revoked: readonly string[];
};

export type ShownAnswer = {
  readonly answer: Verified;
  readonly chosen: ChosenNames;
  /** ISO instant. */
  readonly at: string;
  readonly version: string;
};

const signs: Readonly<Record<CheckMark, string>> = { passed: '✓', failed: '✗', unreached: '–', open: '–' };

function checkLine(check: Check, notChecked: readonly string[]): HTMLElement {
  const mark = checkMarkOf(check, notChecked);
  return element(
    'li',
    { class: mark },
    element('p', { class: 'mark' }, `${signs[mark]} ${checkMarkWords[mark]}`),
    element(
      'div',
      {},
      element('p', { class: 'name' }, check.name),
      element('p', { dir: 'auto' }, check.detail),
    ),
  );
}

function countLine({ checks }: Verification, notChecked: readonly string[]): string {
  const count = (mark: CheckMark) => checks.filter((check) => checkMarkOf(check, notChecked) === mark).length;
  const counted = [
    [count('failed'), 'failed'],
    [count('unreached'), 'could not be reached after that'],
    [count('open'), 'cannot be made on this page'],
  ] as const;
  return [
    `${count('passed')} of ${checks.length} checks passed`,
    ...counted.flatMap(([number, words]) => (number === 0 ? [] : [`${number} ${words}`])),
  ].join(', ');
}

function facts(pairs: readonly (readonly [string, Node | string])[]): HTMLElement {
  return element(
    'dl',
    {},
    ...pairs.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
  );
}

const code = (text: string) => element('code', {}, text);
const named = (name: string, hash: string | null) =>
  element('span', {}, element('bdi', {}, name), ...(hash === null ? [] : [', SHA-256 ', code(hash)]));

function whatItWentBy({ answer, chosen, at, version }: ShownAnswer): HTMLElement {
  const { inputs, verification } = answer;
  return facts([
    ['Pack', element('span', {}, element('bdi', {}, chosen.pack), `, ${byteSize(chosen.bytes)}`)],
    ...(inputs.pack === null ? [] : [['SHA-256 of the pack', code(inputs.pack)] as const]),
    ['Allowed signers', chosen.signers === null ? 'none given' : named(chosen.signers, inputs.signers)],
    ...(chosen.revoked.length === 0
      ? [['Revoked keys', 'none given'] as const]
      : chosen.revoked.map((name, at) => ['Revoked keys', named(name, inputs.revoked[at] ?? null)] as const)),
    ...verification.signers.map(
      ({ pinned, identity, fingerprint }) =>
        [
          pinned ? 'Signed by' : 'Signed with a key nobody vouches for',
          element(
            'span',
            {},
            ...(pinned && identity !== null ? [element('bdi', {}, identity), ' '] : []),
            code(fingerprint),
          ),
        ] as const,
    ),
    ['Verified', `${at.slice(0, 19).replace('T', ' ')} UTC, by verify.html of Countersign ${version}`],
  ]);
}

function comparisonCard({ identity, fingerprint, hexGroups, words }: KeyComparison): HTMLElement {
  return element(
    'section',
    { class: 'card', 'aria-label': 'Comparing the key' },
    element('h3', {}, 'If there is no list: compare the key'),
    element(
      'p',
      {},
      'Ask ',
      element('bdi', {}, identity),
      ' by another way than the pack, by telephone for instance, which key is theirs; enter above what they told you, and verify again. It is written in three ways:',
    ),
    facts([
      ['Fingerprint', code(fingerprint)],
      ['In hex', code(hexGroups)],
      ['In words', element('span', { class: 'code' }, words)],
    ]),
  );
}

/** The heading takes the focus, so that a screen reader begins with the verdict. */
export function showVerified(place: HTMLElement, shown: ShownAnswer): void {
  const { verification, notChecked, notes, comparison } = shown.answer;
  const words = headlineOf(verification);
  const heading = element('h2', { tabindex: '-1' }, words.title);
  const limits =
    verification.verdict === 'trusted' && notChecked.length > 0
      ? [element('p', {}, `Not everything was checked on this page: ${notChecked.join(', ')}.`)]
      : [];
  const print = element('button', { type: 'button', class: 'screen-only' }, 'Print');
  print.addEventListener('click', () => globalThis.print());
  place.replaceChildren(
    element(
      'section',
      { class: 'answer', 'aria-label': 'Verdict' },
      element('div', { class: `notice ${words.tone}` }, heading, element('p', {}, words.meaning), ...limits),
      element('p', { dir: 'auto' }, verification.summary),
      ...notes.map((note) => element('p', { dir: 'auto' }, note)),
      ...(comparison === null ? [] : [comparisonCard(comparison)]),
      whatItWentBy(shown),
      element('h3', { id: 'checks-title' }, `Checks: ${countLine(verification, notChecked)}`),
      element(
        'ul',
        { class: 'checks', 'aria-labelledby': 'checks-title' },
        ...verification.checks.map((check) => checkLine(check, notChecked)),
      ),
      element('div', { class: 'actions' }, print),
    ),
  );
  heading.focus();
}

export function showProblem(place: HTMLElement, message: string, next: string | null): void {
  const heading = element('h2', { tabindex: '-1' }, 'Nothing was verified');
  place.replaceChildren(
    element(
      'section',
      { class: 'notice danger', 'aria-label': 'Problem' },
      heading,
      element('p', { dir: 'auto' }, message),
      ...(next === null ? [] : [element('p', { dir: 'auto' }, next)]),
    ),
  );
  heading.focus();
}
