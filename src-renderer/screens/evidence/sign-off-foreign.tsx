// Signs off the pack whose verdict is on screen, wherever it is from: the signed copy comes back.
import { useState } from 'react';
import type { ChangedPackFile } from '#shared/model/evidence.ts';
import { Button } from '../../components/button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { fileName } from '../../domain/job-words.ts';
import { text } from '../../texts/text.ts';
import { SignOffForm } from './sign-off-form.tsx';
import { TakePack } from './take-pack.tsx';
import styles from './trust-panel.module.css';

type SignOffForeignProps = { upload: string; name: string; isTrusted: boolean };

export function SignOffForeign({ upload, name, isTrusted }: SignOffForeignProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [signed, setSigned] = useState<ChangedPackFile | null>(null);
  if (signed !== null) return <SignedCopy signed={signed} />;
  if (!isOpen)
    return (
      <div>
        <Button onClick={() => setIsOpen(true)}>{text('evidence:foreign.act')}</Button>
      </div>
    );
  return (
    <section className={styles.section} aria-label={text('evidence:foreign.act')}>
      <h3>{text('evidence:foreign.act')}</h3>
      <p className={styles.note}>{text('evidence:foreign.meaning')}</p>
      {!isTrusted && (
        <Notice tone="warning" title={text('evidence:foreign.unknown')}>
          <p>{text('evidence:foreign.unknownMeaning')}</p>
        </Notice>
      )}
      <SignOffForm
        of={{ upload, name }}
        usualRole="approver"
        onCancel={() => setIsOpen(false)}
        onSigned={setSigned}
      />
    </section>
  );
}

function SignedCopy({ signed: { file, sha256, timestamp } }: { signed: ChangedPackFile }) {
  const name = fileName(file);
  return (
    <section className={styles.section} aria-label={text('evidence:foreign.label')}>
      <Notice tone="good" title={text('evidence:foreign.done')} />
      <Facts
        facts={[
          { name: text('evidence:fact.file'), value: <bdi>{name}</bdi>, title: file },
          { name: 'SHA-256', value: <code>{sha256}</code> },
          ...(timestamp === undefined ? [] : [{ name: text('evidence:fact.timestamp'), value: timestamp }]),
        ]}
      />
      <TakePack name={name} />
    </section>
  );
}
