// How many of the same type hold the same right, drawn as a share, and who some of them are.
import type { CampaignEvidence } from '#shared/model/campaign-evidence.ts';
import type { ListedItem } from '#shared/model/campaign-view.ts';
import { Bar } from '../../../charts/bar.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { ActorText } from '../../../domain/actor-text.tsx';
import { text } from '../../../texts/text.ts';
import { EvidencePart } from './evidence-part.tsx';
import styles from './peers-part.module.css';
import items from './items.module.css';

const full = 100;

export function PeersPart({ peers, item }: { peers: CampaignEvidence['peers']; item: ListedItem }) {
  return (
    <EvidencePart
      part="peers"
      known={peers}
      summary={({ holders, subjects }) => text('campaignItems:peers.summary', { holders, subjects })}
    >
      {({ holders, subjects, others, subjectType }) => (
        <>
          <p>
            {subjectType === null
              ? text('campaignItems:peers.wordsNoType', { holders, subjects })
              : text('campaignItems:peers.words', { holders, subjects, type: visibleText(subjectType) })}
          </p>
          <Bar length={subjects === 0 ? 0 : (holders / subjects) * full} />
          {others.length === 0 ? (
            <p className={items.quiet}>{text('campaignItems:peers.alone')}</p>
          ) : (
            <ul className={styles.peers} aria-label={text('campaignItems:peers.others')}>
              {others.map(({ subject, subjectName }) => (
                <li key={subject}>
                  <ActorText actor={subject} name={subjectName} most={50} />
                </li>
              ))}
              {holders - 1 > others.length && (
                <li className={items.quiet}>
                  {text('campaignItems:peers.more', { count: holders - 1 - others.length })}
                </li>
              )}
            </ul>
          )}
          <p className={items.quiet}>
            <Verbatim value={item.entitlement} most={40} /> · {text('campaignItems:peers.frozen')}
          </p>
        </>
      )}
    </EvidencePart>
  );
}
