// What is in the population: how many items each rule came to yes or unknown for, drawn to one scale, each a way to the items.
import { itemFlags, type ItemFlag } from '#shared/model/campaign.ts';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { FlagMark } from '../../domain/campaign-mark.tsx';
import { flagWords, triStateWords } from '../../domain/campaign-words.ts';
import { formatCount } from '../../domain/count-words.ts';
import { text } from '../../texts/text.ts';
import styles from './population.module.css';
import { narrowItems } from './show-items.ts';

type Opening = NonNullable<CampaignStatus['opening']>;

type PopulationContentsProps = {
  campaign: CampaignStatus;
  opening: Opening;
  items: number;
  onItems: () => void;
};

export function PopulationContents({ campaign, opening, items, onItems }: PopulationContentsProps) {
  const { flags, privileged, withoutMeaning, withoutMeanings, emptyBecause, difference } = opening;
  const show = (flag: ItemFlag['flag']) => {
    narrowItems(campaign.id, { flag });
    onItems();
  };
  return (
    <Panel title={text('campaigns:population.contents')} note={text('campaigns:population.contentsNote')}>
      <table className={styles.flags}>
        <thead>
          <tr>
            <th scope="col">{text('campaigns:population.flag')}</th>
            <th scope="col" className={styles.barHead}>
              {text('campaigns:population.share')}
            </th>
            {(['yes', 'unknown'] as const).map((is) => (
              <th key={is} scope="col" className={styles.number}>
                <svg className={styles.mark} viewBox="0 0 9 9" aria-hidden="true">
                  <rect className={styles[is]} width={9} height={9} />
                </svg>
                {triStateWords[is]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {itemFlags.map((flag) => (
            <FlagRow
              key={flag}
              flag={flag}
              counts={flags.find((one) => one.flag === flag) ?? { yes: 0, unknown: 0 }}
              items={items}
              onShow={() => show(flag)}
            />
          ))}
        </tbody>
      </table>
      <ul className={styles.tiles}>
        <Tile
          label={text('campaigns:population.privileged')}
          parts={[
            [text('campaigns:triState.yes'), privileged.yes],
            [text('campaigns:triState.no'), items - privileged.yes - privileged.unknown],
            [text('campaigns:triState.unknown'), privileged.unknown],
          ]}
        />
        <Tile
          label={text('campaigns:population.meaning')}
          parts={[
            [text('campaigns:population.explained'), items - withoutMeaning],
            [text('campaigns:population.unexplained'), withoutMeaning],
          ]}
        />
        {difference === null ? (
          <li className={styles.tile}>
            <h3>{text('campaigns:population.against')}</h3>
            <p className={styles.muted}>{text('campaigns:population.noPrevious')}</p>
          </li>
        ) : (
          <Tile
            label={text('campaigns:population.against')}
            parts={[
              [text('campaigns:population.added'), difference.added],
              [text('campaigns:population.removed'), difference.removed],
              [text('campaigns:population.unchanged'), difference.unchanged],
            ]}
          />
        )}
      </ul>
      {emptyBecause !== undefined && (
        <Notice tone="warning" title={text('campaigns:population.empty')}>
          <p>{text('campaigns:population.openedBecause', { reason: visibleText(emptyBecause) })}</p>
        </Notice>
      )}
      {withoutMeanings !== undefined && (
        <Notice
          tone="warning"
          title={text('campaigns:population.openedUnexplained', { count: withoutMeanings.entitlements })}
        >
          <p>{visibleText(withoutMeanings.named.join(', '))}</p>
          <p>{text('campaigns:population.openedBecause', { reason: visibleText(withoutMeanings.reason) })}</p>
        </Notice>
      )}
      <p className={styles.muted}>
        {text('campaigns:population.dormantAs', { count: campaign.definition.dormantDays })}
      </p>
    </Panel>
  );
}

type FlagRowProps = {
  flag: ItemFlag['flag'];
  counts: { yes: number; unknown: number };
  items: number;
  onShow: () => void;
};

function FlagRow({ flag, counts: { yes, unknown }, items, onShow }: FlagRowProps) {
  const all = Math.max(1, items);
  const percent = Math.round((yes / all) * 100);
  return (
    <tr>
      <th scope="row">
        <FlagMark flag={flag} is="yes" />
        <span className={styles.meaning}>{flagWords[flag].meaning}</span>
      </th>
      <td className={styles.barCell} aria-label={text('campaigns:population.ofItems', { percent })}>
        <svg className={styles.bar} viewBox={`0 0 ${all} 8`} preserveAspectRatio="none" aria-hidden="true">
          <rect className={styles.track} width={all} height={8} />
          <rect className={styles.yes} width={yes} height={8} />
          <rect className={styles.unknown} x={yes} width={unknown} height={8} />
        </svg>
      </td>
      <td className={styles.number}>
        {yes === 0 ? (
          '0'
        ) : (
          <button
            type="button"
            className={styles.link}
            aria-label={text('campaigns:population.showItems', {
              flag: flagWords[flag].label,
              number: formatCount(yes),
              count: yes,
            })}
            onClick={onShow}
          >
            {formatCount(yes)}
          </button>
        )}
      </td>
      <td className={styles.number}>{formatCount(unknown)}</td>
    </tr>
  );
}

function Tile({ label, parts }: { label: string; parts: readonly (readonly [string, number])[] }) {
  return (
    <li className={styles.tile}>
      <h3>{label}</h3>
      <dl>
        {parts.map(([name, number]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{formatCount(number)}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
