// Above the list of conflicts: how many there are, and which are shown.
import type { ReactNode } from 'react';
import type { ConflictList } from '#shared/model/conflict-list.ts';
import { Segmented } from '../../components/segmented.tsx';
import { useConflictsView, type ShownStanding } from '../../state/conflicts-view.ts';
import { text } from '../../texts/text.ts';
import { standingWords } from './conflict-words.ts';
import styles from './conflicts-screen.module.css';

type ConflictsHeadProps = { list: ConflictList | undefined; actions: ReactNode };

export function ConflictsHead({ list, actions }: ConflictsHeadProps) {
  const { standing, setStanding } = useConflictsView();
  const { open, closed, corroborations } = list ?? { open: 0, closed: 0, corroborations: 0 };
  const choices: { value: ShownStanding; label: string; count: number }[] = [
    { value: 'all', label: text('conflicts:show.all'), count: open + closed + corroborations },
    { value: 'open', label: standingWords.open.plural, count: open },
    { value: 'closed', label: standingWords.closed.plural, count: closed },
    { value: 'corroboration', label: standingWords.corroboration.plural, count: corroborations },
  ];
  return (
    <div className={styles.head}>
      <h1>{text('conflicts:title')}</h1>
      <p className={styles.note}>{text('conflicts:meaning')}</p>
      <div className={styles.line}>
        <Segmented
          label={text('conflicts:show.label')}
          value={standing}
          choices={choices}
          onChange={setStanding}
        />
        {actions}
      </div>
    </div>
  );
}
