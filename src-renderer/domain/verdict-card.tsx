// The verdict on a pack with each check it rests on.
import { Check, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Verification } from '#shared/model/evidence.ts';
import { Facts } from '../components/facts.tsx';
import { Notice } from '../components/notice.tsx';
import { Spoken } from '../components/spoken.tsx';
import styles from './verdict-card.module.css';
import { verdictWords } from './verdict-words.ts';

type VerdictCardProps = {
  verification: Verification;
  /** What the person can do about the verdict; comes before the checks. */
  children?: ReactNode;
};

export function VerdictCard({ verification, children }: VerdictCardProps) {
  const words = verdictWords[verification.verdict];
  return (
    <section className={styles.card} aria-label="Verdict">
      <Notice tone={words.tone} title={words.title}>
        <p>{words.meaning}</p>
      </Notice>
      <p>{verification.summary}</p>
      {verification.signers.length > 0 && (
        <Facts
          facts={verification.signers.map((signer) => ({
            name: signer.pinned ? 'Signed by' : 'Signed with a key nobody vouches for',
            value: (
              <>
                {signer.pinned && signer.identity !== null && <bdi>{signer.identity} </bdi>}
                <code>{signer.fingerprint}</code>
              </>
            ),
          }))}
        />
      )}
      {children}
      <ul className={styles.checks} aria-label="Checks">
        {verification.checks.map((check) => (
          <li key={check.name} className={check.ok ? styles.good : styles.bad}>
            {check.ok ? (
              <Check className={styles.icon} aria-hidden="true" />
            ) : (
              <X className={styles.icon} aria-hidden="true" />
            )}
            <div className={styles.text}>
              <p className={styles.name}>
                {check.name}
                <Spoken>{check.ok ? ': passed' : ': failed'}</Spoken>
              </p>
              <p className={styles.detail} dir="auto">
                {check.detail}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
