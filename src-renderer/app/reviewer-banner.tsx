// Says that another door has set another reviewer, and asks whether this window goes on as that person.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { refetchWorkspace } from '../domain/api.ts';
import { useStatus } from '../domain/workspace-status.ts';
import { actAs, noteReviewer, useActingReviewer } from '../state/acting-reviewer.ts';
import { Rich } from '../texts/rich.tsx';
import { text } from '../texts/text.ts';
import styles from './clock-banner.module.css';

export function ReviewerBanner() {
  const { reviewer } = useStatus();
  const queryClient = useQueryClient();
  const shown = useActingReviewer((state) => state.shown);
  useEffect(() => noteReviewer(reviewer), [reviewer]);
  if (reviewer === null || shown === null || reviewer.id === shown.id) return null;
  const goOn = () => {
    actAs(reviewer);
    // What is on screen says what the one before may do.
    void refetchWorkspace(queryClient);
  };
  return (
    <section className={styles.banner} aria-label={text('app:reviewer.region')}>
      <Notice
        tone="warning"
        title={text('app:reviewer.changed', { name: reviewer.name })}
        action={
          <Button size="small" onClick={goOn}>
            {text('app:reviewer.goOn', { name: reviewer.name })}
          </Button>
        }
      >
        <p>
          <Rich of="app:reviewer.meaning" parts={{ name: <bdi>{shown.name}</bdi> }} />
        </p>
      </Notice>
    </section>
  );
}
