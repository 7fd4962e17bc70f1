// The verdict on a pack with each check it rests on.
import { Check, Minus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Verification } from '#shared/model/evidence.ts';
import { Facts } from '../components/facts.tsx';
import { Notice } from '../components/notice.tsx';
import { Spoken } from '../components/spoken.tsx';
import { text } from '../texts/text.ts';
import { checkMarkOf, type CheckMark } from './check-marks.ts';
import styles from './verdict-card.module.css';
import { headlineOf } from './verdict-words.ts';

type VerdictCardProps = {
  verification: Verification;
  /** What the person can do about the verdict; comes before the checks. */
  children?: ReactNode;
};

export function VerdictCard({ verification, children }: VerdictCardProps) {
  const { key, tone } = headlineOf(verification);
  return (
    <section className={styles.card} aria-label={text('domain:verdict.label')}>
      <Notice tone={tone} title={text(`verdicts:${key}.title`)}>
        <p>{text(`verdicts:${key}.meaning`)}</p>
      </Notice>
      <p>{verification.summary}</p>
      {verification.signers.length > 0 && (
        <Facts
          facts={verification.signers.map((signer) => ({
            name: signer.pinned ? text('domain:verdict.signedBy') : text('domain:verdict.unvouched'),
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
      <ul className={styles.checks} aria-label={text('domain:verdict.checks')}>
        {verification.checks.map((check) => (
          <CheckLine key={check.name} check={check} />
        ))}
      </ul>
    </section>
  );
}

const icons: Readonly<Record<CheckMark, typeof Check>> = {
  passed: Check,
  failed: X,
  unreached: Minus,
  open: Minus,
};

function CheckLine({ check }: { check: Verification['checks'][number] }) {
  const mark = checkMarkOf(check);
  const Icon = icons[mark];
  return (
    <li className={styles[mark]}>
      <Icon className={styles.icon} aria-hidden="true" />
      <div className={styles.text}>
        <p className={styles.name}>
          {check.name}
          <Spoken>{`: ${text(`domain:check.${mark}`)}`}</Spoken>
        </p>
        <p className={styles.detail} dir="auto">
          {check.detail}
        </p>
      </div>
    </li>
  );
}
