// Says, as long as it matters, that clocks are apart or that this computer’s was set back; a hold is acknowledged here.
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { Modal } from '../components/modal.tsx';
import { Notice } from '../components/notice.tsx';
import { ClockAcknowledgement } from '../domain/clock-acknowledgement.tsx';
import { apartSentence, clockWarnings } from '../domain/clock-words.ts';
import type { ClockWarning } from '../domain/clock-words.ts';
import { useStatus } from '../domain/workspace-status.ts';
import { text } from '../texts/text.ts';
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
    held: { label: text('app:clock.acknowledge'), run: () => setIsAcknowledging(true) },
    jump: { label: text('app:clock.understood'), run: read },
  };
  if (warnings.length === 0) return null;
  return (
    <section className={styles.banner} aria-label={text('app:clock.region')}>
      {warnings.map(({ id, title, meaning }) => {
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
            <p>{meaning}</p>
          </Notice>
        );
      })}
      {isAcknowledging && clock.standing === 'held' && clock.offsetMs !== null && (
        <Modal title={text('app:clock.dialog')} onClose={() => setIsAcknowledging(false)}>
          <p>{text('app:clock.meaning', { apart: apartSentence(clock.offsetMs) })}</p>
          <ClockAcknowledgement offsetMs={clock.offsetMs} onDone={() => setIsAcknowledging(false)} />
        </Modal>
      )}
    </section>
  );
}
