// One signing key: its fingerprint in three ways to compare it, what it is good for, and the lines for the lists of others.
import type { OwnKey } from '#shared/model/keys.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { ScrollText } from '../../components/scroll-region.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './key-panel.module.css';

type KeyCardProps = { signingKey: OwnKey; onRevoke: (() => void) | null };

export function KeyCard({ signingKey, onRevoke }: KeyCardProps) {
  const { fingerprint, revocationLine, isEndorsed, isHere } = signingKey;
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
          { name: text('settings:key.use'), value: text(`settings:key.uses.${signingKey.use}`) },
          ...validityFacts(signingKey),
        ]}
      />
      {!isHere && <Notice tone="warning" title={text('settings:key.notHere')} />}
      {isEndorsed === false && <Notice tone="warning" title={text('settings:key.notEndorsed')} />}
      {revocationLine === null ? (
        <AllowedSigners line={signingKey.allowedSigners} />
      ) : (
        <Line title={text('settings:key.revocationLine')} line={revocationLine} />
      )}
      {onRevoke !== null && (
        <div>
          <Button size="small" weight="quiet" onClick={onRevoke}>
            {text('settings:key.revoke')}
          </Button>
        </div>
      )}
    </article>
  );
}

function holderFacts({ holder }: OwnKey) {
  return holder
    ? [{ name: text('settings:key.holder'), value: <Verbatim value={holder.name ?? holder.id} /> }]
    : [];
}

function validityFacts({ validAfter, validBefore, revocation }: OwnKey) {
  return [
    ...(validAfter === null
      ? []
      : [{ name: text('settings:key.validFrom'), value: <InstantText instant={validAfter} /> }]),
    ...(validBefore === null
      ? []
      : [{ name: text('settings:key.validUntil'), value: <InstantText instant={validBefore} /> }]),
    ...(revocation === null
      ? []
      : [
          { name: text('settings:key.revoked'), value: <InstantText instant={revocation.revokedAt} /> },
          {
            name: text('settings:key.compromised'),
            value:
              revocation.compromisedSince === null ? (
                text('settings:key.compromisedUnknown')
              ) : (
                <InstantText instant={revocation.compromisedSince} />
              ),
          },
          { name: text('settings:key.reason'), value: <Verbatim value={revocation.reason} /> },
        ]),
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
