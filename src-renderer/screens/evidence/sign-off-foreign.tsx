// Signs off the pack whose verdict is on screen, wherever it is from: the signed copy comes back.
import { useState } from 'react';
import type { ChangedPackFile } from '#shared/model/evidence.ts';
import { Button } from '../../components/button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { fileName } from '../../domain/job-words.ts';
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
        <Button onClick={() => setIsOpen(true)}>Sign off this pack</Button>
      </div>
    );
  return (
    <section className={styles.section} aria-label="Sign off this pack">
      <h3>Sign off this pack</h3>
      <p className={styles.note}>
        Exactly the pack that was just judged is signed, in a copy; what is in it stays byte for byte. The
        preparer signs with the key that made it, the approver with another.
      </p>
      {!isTrusted && (
        <Notice tone="warning" title="Nothing says who made this pack.">
          <p>It is intact. Whether it is from whom you think, your signature cannot tell others either.</p>
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
    <section className={styles.section} aria-label="Signed pack">
      <Notice tone="good" title="The pack was signed off. Give the signed copy back." />
      <Facts
        facts={[
          { name: 'File', value: <bdi>{name}</bdi>, title: file },
          { name: 'SHA-256', value: <code>{sha256}</code> },
          ...(timestamp === undefined ? [] : [{ name: 'Timestamp', value: timestamp }]),
        ]}
      />
      <TakePack name={name} />
    </section>
  );
}
