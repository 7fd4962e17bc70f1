// One signing key: its fingerprint in three ways to compare it, what it is good for, and the lines for the lists of others.
import type { OwnKey } from '#shared/model/keys.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { ScrollText } from '../../components/scroll-region.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { EndorseKey } from '../../domain/endorse-key.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { standingOf } from '../../domain/key-standing.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './key-panel.module.css';
import type { KeySaying } from './key-saying.ts';

type KeyCardProps = {
  signingKey: OwnKey;
  /** What the reviewer can put on record about it; null while that is nothing. */
  saying: KeySaying | null;
  onSay: () => void;
};

export function KeyCard({ signingKey, saying, onSay }: KeyCardProps) {
  const { fingerprint, revocationLine, isHere } = signingKey;
  return (
    <article className={styles.card} aria-label={text('settings:key.named', { fingerprint })}>
      <Facts
        facts={[
          { name: text('settings:key.fingerprint'), value: <code>{fingerprint}</code> },
          { name: text('settings:key.hex'), value: <code>{signingKey.hex}</code> },
          { name: text('settings:key.words'), value: <Words words={signingKey.words} /> },
          ...holderFacts(signingKey),
          { name: text('settings:key.identity'), value: <bdi>{signingKey.identity}</bdi> },
          { name: text('settings:key.private'), value: text(`settings:key.sealedBy.${signingKey.sealedBy}`) },
          { name: text('settings:key.created'), value: <InstantText instant={signingKey.createdAt} /> },
          { name: text('settings:key.use'), value: text(`settings:key.uses.${useWords(signingKey)}`) },
          {
            name: text('settings:key.standing'),
            value: text(`settings:key.standings.${standingOf(signingKey)}`),
          },
          ...validityFacts(signingKey),
        ]}
      />
      {!isHere && <Notice tone="warning" title={text('settings:key.notHere')} />}
      <Standing signingKey={signingKey} />
      {revocationLine === null ? (
        <AllowedSigners line={signingKey.allowedSigners} />
      ) : (
        <Line title={text('settings:key.revocationLine')} line={revocationLine} />
      )}
      {saying !== null && (
        <div>
          <Button size="small" weight="quiet" onClick={onSay}>
            {text(`settings:${saying}.act`)}
          </Button>
        </div>
      )}
    </article>
  );
}

/** A key that somebody other than its holder reported is not revoked. */
const useWords = ({ use, revocation, report }: OwnKey) =>
  use === 'revoked' && revocation === null && report !== undefined ? 'reported' : use;

function Standing({ signingKey }: { signingKey: OwnKey }) {
  const { fingerprint, revocation, report } = signingKey;
  return (
    <>
      {standingOf(signingKey) === 'none' && (
        <Notice tone="warning" title={text('settings:key.notEndorsed')}>
          <p>{text('settings:key.notEndorsedMeaning')}</p>
          <EndorseKey fingerprint={fingerprint} />
        </Notice>
      )}
      {report !== undefined && revocation === null && (
        <Notice tone="warning" title={text('settings:key.reportedTitle')}>
          <p>{text('settings:key.reportedMeaning')}</p>
        </Notice>
      )}
    </>
  );
}

function holderFacts({ holder }: OwnKey) {
  return holder
    ? [{ name: text('settings:key.holder'), value: <Verbatim value={holder.name ?? holder.id} /> }]
    : [];
}

function validityFacts(signingKey: OwnKey) {
  const { validAfter, validBefore, revocation } = signingKey;
  return [
    ...(validAfter === null
      ? []
      : [{ name: text('settings:key.validFrom'), value: <InstantText instant={validAfter} /> }]),
    ...(validBefore === null
      ? []
      : [{ name: text('settings:key.validUntil'), value: <InstantText instant={validBefore} /> }]),
    ...reportFacts(signingKey),
    ...(revocation === null ? [] : saidFacts(text('settings:key.revoked'), revocation.revokedAt, revocation)),
  ];
}

/** What its holder said later goes further than what was reported. */
function reportFacts({ report, revocation }: OwnKey) {
  if (report === undefined) return [];
  const name = text('settings:key.reported');
  return revocation === null
    ? saidFacts(name, report.reportedAt, report)
    : [{ name, value: <InstantText instant={report.reportedAt} /> }];
}

function saidFacts(
  name: string,
  at: string,
  { compromisedSince, reason }: { compromisedSince: string | null; reason: string },
) {
  return [
    { name, value: <InstantText instant={at} /> },
    {
      name: text('settings:key.compromised'),
      value:
        compromisedSince === null ? (
          text('settings:key.compromisedUnknown')
        ) : (
          <InstantText instant={compromisedSince} />
        ),
    },
    { name: text('settings:key.reason'), value: <Verbatim value={reason} /> },
  ];
}

function Words({ words }: { words: readonly string[] }) {
  return (
    <ol className={styles.words} translate="no" lang="en">
      {words.map((word, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a word may come twice, and only its place tells which it is
        <li key={index}>{word}</li>
      ))}
    </ol>
  );
}

function AllowedSigners({ line }: { line: string }) {
  return (
    <>
      <Line
        title={text('settings:key.signersLine')}
        line={line}
        name={text('settings:key.signersName')}
        copy={text('settings:key.copySigners')}
      />
      <p className={styles.note}>
        <Rich of="settings:key.signersNote" parts={{ command: <code /> }} />
      </p>
    </>
  );
}

type LineProps = { title: string; line: string; name?: string; copy?: string };

function Line({ title, line, name = title, copy = text('settings:key.copyLine') }: LineProps) {
  return (
    <>
      <h3>{title}</h3>
      <div className={styles.line}>
        <div className={styles.text}>
          <ScrollText label={name} text={line} />
        </div>
        <CopyButton text={line} label={copy} />
      </div>
    </>
  );
}
