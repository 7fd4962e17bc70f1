// One signing key: its fingerprint in three ways to compare it, what it is good for, and the lines for the lists of others.
import type { OwnKey } from '#shared/model/keys.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { ScrollText } from '../../components/scroll-region.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { InstantText } from '../../domain/instant.tsx';
import styles from './key-panel.module.css';

const seals: Readonly<Record<OwnKey['sealedBy'], string>> = {
  passphrase: 'sealed with a passphrase',
  'system-keychain': 'sealed by the system keychain',
  agent: 'not here: an ssh-agent holds it',
};
const uses: Readonly<Record<OwnKey['use'], string>> = {
  signing: 'signs new packs',
  replaced: 'replaced; kept to verify earlier packs',
  revoked: 'revoked; not to be relied on',
  idle: 'kept to verify earlier packs',
};

type KeyCardProps = { signingKey: OwnKey; onRevoke: (() => void) | null };

export function KeyCard({ signingKey, onRevoke }: KeyCardProps) {
  const { fingerprint, revocationLine, isEndorsed, isHere } = signingKey;
  return (
    <article className={styles.card} aria-label={`Key ${fingerprint}`}>
      <Facts
        facts={[
          { name: 'Fingerprint', value: <code>{fingerprint}</code> },
          { name: 'As hex', value: <code>{signingKey.hex}</code> },
          { name: 'As words', value: <Words words={signingKey.words} /> },
          ...holderFacts(signingKey),
          { name: 'Signs as', value: <bdi>{signingKey.identity}</bdi> },
          { name: 'Private half', value: seals[signingKey.sealedBy] },
          { name: 'Created', value: <InstantText instant={signingKey.createdAt} /> },
          { name: 'Use', value: uses[signingKey.use] },
          ...validityFacts(signingKey),
        ]}
      />
      {!isHere && <Notice tone="warning" title="Its file is not on this computer." />}
      {isEndorsed === false && (
        <Notice
          tone="warning"
          title="Not endorsed by the key before: tell those who verify by another way that it is yours."
        />
      )}
      {revocationLine === null ? (
        <AllowedSigners line={signingKey.allowedSigners} />
      ) : (
        <Line title="Line for the organisation’s list of revoked keys" text={revocationLine} />
      )}
      {onRevoke !== null && (
        <div>
          <Button size="small" weight="quiet" onClick={onRevoke}>
            Revoke this key
          </Button>
        </div>
      )}
    </article>
  );
}

function holderFacts({ holder }: OwnKey) {
  return holder ? [{ name: 'Reviewer', value: <Verbatim value={holder.name ?? holder.id} /> }] : [];
}

function validityFacts({ validAfter, validBefore, revocation }: OwnKey) {
  return [
    ...(validAfter === null ? [] : [{ name: 'Valid from', value: <InstantText instant={validAfter} /> }]),
    ...(validBefore === null ? [] : [{ name: 'Valid until', value: <InstantText instant={validBefore} /> }]),
    ...(revocation === null
      ? []
      : [
          { name: 'Revoked', value: <InstantText instant={revocation.revokedAt} /> },
          {
            name: 'Compromised since',
            value:
              revocation.compromisedSince === null ? (
                'not known; nothing it signed is to be relied on'
              ) : (
                <InstantText instant={revocation.compromisedSince} />
              ),
          },
          { name: 'Reason', value: <Verbatim value={revocation.reason} /> },
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
      <Line title="Line for the verifier’s allowed signers file" text={line} label="allowed signers line" />
      <p className={styles.note}>
        Hand it over by another way than the pack itself; together with <code>ssh-keygen</code> it is all a
        stranger needs. Whoever compares by telephone reads the words.
      </p>
    </>
  );
}

function Line({ title, text, label = 'line' }: { title: string; text: string; label?: string }) {
  return (
    <>
      <h3>{title}</h3>
      <div className={styles.line}>
        <div className={styles.text}>
          <ScrollText label={label === 'line' ? title : 'Allowed signers line'} text={text} />
        </div>
        <CopyButton text={text} label={`Copy the ${label}`} />
      </div>
    </>
  );
}
