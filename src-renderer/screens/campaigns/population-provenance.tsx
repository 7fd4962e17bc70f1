// Where the population is from and how to recognise it: source in words, query, session, snapshot, key range and hashes.
import type { CampaignIpe } from '#shared/model/campaign.ts';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts, type Fact } from '../../components/facts.tsx';
import { Panel } from '../../components/panel.tsx';
import { ScrollText } from '../../components/scroll-region.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { InstantText } from '../../domain/instant.tsx';
import { text } from '../../texts/text.ts';
import styles from './population.module.css';
import list from './sentence-list.module.css';

export function PopulationProvenance({ campaign, ipe }: { campaign: CampaignStatus; ipe: CampaignIpe }) {
  const query = text(ipe.role === null ? 'campaigns:population.way' : 'campaigns:population.query');
  return (
    <Panel title={text('campaigns:population.provenance')}>
      <ul className={list.sentences}>
        {campaign.scopeInWords.map((sentence) => (
          <li key={sentence}>{visibleText(sentence)}</li>
        ))}
      </ul>
      <Facts facts={factsOf(campaign, ipe)} />
      <details>
        <summary>{query}</summary>
        <div className={styles.query}>
          <ScrollText label={query} text={ipe.query} />
          <div>
            <CopyButton text={ipe.query} label={text('campaigns:population.copyQuery')} />
          </div>
        </div>
      </details>
    </Panel>
  );
}

function factsOf({ openedAt }: CampaignStatus, ipe: CampaignIpe): Fact[] {
  const { role, serverTime, snapshot, minKey, maxKey, sha256, keysSha256 } = ipe;
  const handed = text('campaigns:population.notFromDatabase');
  return [
    { name: text('campaigns:population.openedAt'), value: <InstantText instant={openedAt} withOffset /> },
    { name: text('campaigns:population.role'), value: <Verbatim value={role} missing={handed} /> },
    {
      name: text('campaigns:population.serverTime'),
      value:
        serverTime === null ? handed : <InstantText instant={serverTime} precision="second" withOffset />,
    },
    { name: text('campaigns:population.snapshot'), value: <Verbatim value={snapshot} missing={handed} /> },
    {
      name: text('campaigns:population.keys'),
      value: (
        <code className={styles.hash}>
          {minKey === null ? text('campaigns:population.noKeys') : `${minKey} … ${maxKey ?? ''}`}
        </code>
      ),
    },
    { name: text('campaigns:population.sha256'), value: <Hash value={sha256} what="sha256" /> },
    { name: text('campaigns:population.keysSha256'), value: <Hash value={keysSha256} what="keysSha256" /> },
  ];
}

function Hash({ value, what }: { value: string; what: 'sha256' | 'keysSha256' }) {
  return (
    <span className={styles.hashLine}>
      <code className={styles.hash}>{value}</code>
      <CopyButton
        text={value}
        label={text('campaigns:population.copy', { what: text(`campaigns:population.${what}`) })}
      />
    </span>
  );
}
