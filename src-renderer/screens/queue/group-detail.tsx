// A group of items: what is in it, and what of it can be decided together.
import { ListChecks } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { text } from '../../texts/text.ts';
import { groupName } from './group-words.ts';
import type { GroupRow } from './queue-rows.ts';
import styles from './review-detail.module.css';
import type { JoinGroup } from './use-selection.ts';

type GroupDetailProps = { group: GroupRow; join: JoinGroup };

export function GroupDetail({ group, join }: GroupDetailProps) {
  const open = group.items.filter(({ review }) => review.status === 'pending');
  const actions = [...Map.groupBy(open, ({ review }) => review.action)]
    .map(([action, items]) => ({ action, items }))
    .toSorted((a, b) => b.items.length - a.items.length);
  return (
    <div className={styles.detail}>
      <header className={styles.head}>
        <h2>
          <bdi>{groupName(group)}</bdi>
        </h2>
        <p className={styles.quiet}>
          {text('queue:groupDetail.counts', {
            items: text('queue:items', { count: group.items.length }),
            open: open.length,
            overdue: group.items.filter(({ review }) => review.overdue).length,
          })}
        </p>
      </header>
      {open.length === 0 ? (
        <Notice tone="info" title={text('queue:groupDetail.nothingOpen')} />
      ) : (
        <section aria-label={text('queue:groupDetail.together')}>
          <h3>{text('queue:groupDetail.together')}</h3>
          <p className={styles.quiet}>{text('queue:groupDetail.words')}</p>
          <ul className={styles.left}>
            {actions.map(({ action, items }) => (
              <li key={action}>
                <Button
                  size="small"
                  icon={ListChecks}
                  disabled={join.isPending}
                  onClick={() => join.items(items.map(({ review }) => review.id))}
                >
                  {text('queue:groupDetail.choose', { items: text('queue:items', { count: items.length }) })}{' '}
                  <Verbatim value={action} most={40} />
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
