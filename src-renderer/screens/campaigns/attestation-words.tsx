// An attestation as it was given, and whether it still covers what stands.
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Notice } from '../../components/notice.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { InstantText } from '../../domain/instant.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './closing.module.css';

export function AttestationWords({ given }: { given: CampaignStatus['attestations'][number] }) {
  return (
    <Notice
      tone={given.stillHolds ? 'good' : 'warning'}
      title={text(given.stillHolds ? 'campaigns:attest.holds' : 'campaigns:attest.holdsNot')}
    >
      <blockquote className={styles.statement} dir="auto">
        {visibleText(given.statement)}
      </blockquote>
      <p>
        <Rich
          of="campaigns:attest.by"
          parts={{
            name: <bdi>{visibleText(given.byName)}</bdi>,
            at: <InstantText instant={given.at} withOffset />,
          }}
        />
      </p>
      {!given.stillHolds && <p>{text('campaigns:attest.whyNot')}</p>}
    </Notice>
  );
}
