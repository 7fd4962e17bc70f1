// Above the list of conflicts: how many there are, and which are shown.
import type { ConflictList } from '#shared/model/conflict.ts';
import { Segmented } from '../../components/segmented.tsx';
import { useConflictsView, type ShownStanding } from '../../state/conflicts-view.ts';
import { standingWords } from './conflict-words.ts';
import styles from './conflicts-screen.module.css';

export function ConflictsHead({ list }: { list: ConflictList | undefined }) {
  const { standing, setStanding } = useConflictsView();
  const { open, closed, corroborations } = list ?? { open: 0, closed: 0, corroborations: 0 };
  const choices: { value: ShownStanding; label: string; count: number }[] = [
    { value: 'all', label: 'All', count: open + closed + corroborations },
    { value: 'open', label: standingWords.open.plural, count: open },
    { value: 'closed', label: standingWords.closed.plural, count: closed },
    { value: 'corroboration', label: standingWords.corroboration.plural, count: corroborations },
  ];
  return (
    <div className={styles.head}>
      <h1>Conflicts</h1>
      <p className={styles.note}>
        Where the audit database holds another decision than ours. The first one it received stands; ours is
        kept here beside it.
      </p>
      <Segmented label="Show" value={standing} choices={choices} onChange={setStanding} />
    </div>
  );
}
