// A file that was written for somebody else: where it is, its hash, and what the other side does with it.
import { Button } from '../../../components/button.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { Facts, type Fact } from '../../../components/facts.tsx';
import { ModalActions } from '../../../components/modal.tsx';
import { Notice } from '../../../components/notice.tsx';
import { TakeExport } from '../../../domain/export-dialog.tsx';
import { useStatus } from '../../../domain/workspace-status.ts';
import { text } from '../../../texts/text.ts';
import styles from './files.module.css';

type WrittenFileProps = {
  name: string;
  sha256: string;
  title: string;
  facts: readonly Fact[];
  /** To be sent along; it is given the fingerprint of the key that signed. */
  message: (fingerprint: string) => string;
  steps: readonly string[];
  onClose?: (() => void) | undefined;
};

export function WrittenFile({ name, sha256, title, facts, message, steps, onClose }: WrittenFileProps) {
  const fingerprint = useStatus().key?.fingerprint ?? '';
  return (
    <section className={styles.form} aria-label={text('campaignFiles:written.label')}>
      <Notice tone="good" title={title} />
      <Facts
        facts={[
          { name: text('campaignFiles:written.file'), value: <bdi>{name}</bdi> },
          ...facts,
          { name: 'SHA-256', value: <code>{sha256}</code> },
          { name: text('campaignFiles:written.key'), value: <code>{fingerprint}</code> },
        ]}
      />
      <div className={styles.buttons}>
        <TakeExport name={name} />
        <CopyButton text={message(fingerprint)} label={text('campaignFiles:written.copyMessage')} />
        <span className={styles.quiet}>{text('campaignFiles:written.copyMessage')}</span>
      </div>
      <h3>{text('campaignFiles:written.next')}</h3>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {onClose !== undefined && (
        <ModalActions>
          <Button onClick={onClose}>{text('campaignFiles:written.done')}</Button>
        </ModalActions>
      )}
    </section>
  );
}
