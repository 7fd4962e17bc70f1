// Says, as long as it matters, that clocks are apart or that this computer’s was set back; a hold is acknowledged here.
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { Modal } from '../components/modal.tsx';
import { Notice } from '../components/notice.tsx';
import { ClockAcknowledgement } from '../domain/clock-acknowledgement.tsx';
import { apartSentence, clockWarnings } from '../domain/clock-words.ts';
import type { ClockWarning } from '../domain/clock-words.ts';
import { useStatus } from '../domain/workspace-status.ts';
import styles from './clock-banner.module.css';

/** Kept on this computer: somebody who has read it need not read it again after a restart. */
const readKey = (workspace: string, entry: number) => `countersign.clock-jump.${workspace}.${entry}`;

export function ClockBanner() {
  const { clock, workspace } = useStatus();
  const [isAcknowledging, setIsAcknowledging] = useState(false);
  const [readEntry, setReadEntry] = useState<number | null>(null);
  const [nowMs] = useState(() => Date.now());
  const entry = clock.jump?.entry ?? null;
  const isRead =
    entry !== null && (entry === readEntry || localStorage.getItem(readKey(workspace, entry)) !== null);
  const warnings = clockWarnings(clock, nowMs).filter(({ id }) => id !== 'jump' || !isRead);
  const read = () => {
    if (entry === null) return;
    localStorage.setItem(readKey(workspace, entry), 'read');
    setReadEntry(entry);
  };
  const actions: Partial<Record<ClockWarning['id'], { label: string; run: () => void }>> = {
    held: { label: 'Acknowledge…', run: () => setIsAcknowledging(true) },
    jump: { label: 'Understood', run: read },
  };
  if (warnings.length === 0) return null;
  return (
    <section className={styles.banner} aria-label="Clocks">
      {warnings.map(({ id, title, text }) => {
        const action = actions[id];
        return (
          <Notice
            key={id}
            tone="warning"
            title={title}
            action={
              action && (
                <Button size="small" onClick={action.run}>
                  {action.label}
                </Button>
              )
            }
          >
            <p>{text}</p>
          </Notice>
        );
      })}
      {isAcknowledging && clock.standing === 'held' && clock.offsetMs !== null && (
        <Modal title="Acknowledge the clocks" onClose={() => setIsAcknowledging(false)}>
          <p>
            {apartSentence(clock.offsetMs)} Times of decisions and of the database cannot be set side by side
            then. Acknowledging lets decisions be sent; nothing is corrected.
          </p>
          <ClockAcknowledgement offsetMs={clock.offsetMs} onDone={() => setIsAcknowledging(false)} />
        </Modal>
      )}
    </section>
  );
}
