// How much is decided, and how long the rest will take at the reviewer's own pace, as long as that is known.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Review } from '#shared/model/review.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { useApi } from '../../domain/api.ts';
import { text } from '../../texts/text.ts';
import { paceWords } from './pace-words.ts';
import { queueProgress } from './queue-rules.ts';
import styles from './queue-toolbar.module.css';

export function QueuePace({ reviews }: { reviews: readonly Review[] }) {
  const { orpc } = useApi();
  const { decided, total } = useMemo(() => queueProgress(reviews), [reviews]);
  const pace = useQuery(orpc.triage.pace.queryOptions());
  return (
    <div className={styles.progress}>
      <output aria-label={text('queue:progress')}>{text('queue:decidedOf', { decided, total })}</output>
      <ProgressBar label={text('queue:decided')} share={total === 0 ? 0 : decided / total} />
      {pace.data !== undefined && (
        <span className={styles.pace} title={pace.data.sentence}>
          {paceWords(pace.data)}
        </span>
      )}
    </div>
  );
}
