// What has no final decision yet, by why, with a way to each kind.
import type { CampaignItemQuery } from '#shared/model/campaign-view.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { formatCount } from '../../domain/count-words.ts';
import { text } from '../../texts/text.ts';
import type { SectionProps } from './campaign-section.ts';
import styles from './closing.module.css';
import { progressParts, type ProgressKind } from './progress-parts.ts';
import { narrowItems } from './show-items.ts';

const stateOf = {
  waiting: 'open',
  undecided: 'undecided',
  disagreed: 'disagreed',
} as const satisfies Partial<Record<ProgressKind, CampaignItemQuery['state']>>;

export function OpenItemsPanel({ campaign, onGo }: SectionProps) {
  const { counts, id } = campaign;
  const parts = progressParts(counts);
  const show = (state: (typeof stateOf)[keyof typeof stateOf]) => {
    narrowItems(id, { state });
    onGo({ at: 'campaign', id, section: 'items' });
  };
  return (
    <Panel title={text('campaigns:closing.left')}>
      {counts.open === 0 ? (
        <Notice tone="good" title={text('campaigns:closing.nothingLeft')} />
      ) : (
        <ul className={styles.left}>
          {(['waiting', 'undecided', 'disagreed'] as const).map((kind) => {
            const items = parts.find((part) => part.kind === kind)?.items ?? 0;
            return (
              <li key={kind}>
                <b>{formatCount(items)}</b>
                <span>
                  {text(`campaigns:progress.${kind}`)}
                  <span className={styles.muted}>{text(`campaigns:closing.why.${kind}`)}</span>
                </span>
                {items > 0 && (
                  <Button size="small" onClick={() => show(stateOf[kind])}>
                    {text('campaigns:closing.showItems')}
                  </Button>
                )}
                {items > 0 && kind === 'disagreed' && (
                  <Button size="small" onClick={() => onGo({ at: 'campaign', id, section: 'conflicts' })}>
                    {text('campaigns:closing.showConflicts')}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
