// Which access reviews go into a pack; shown only where the workspace opened any.
import { useQuery } from '@tanstack/react-query';
import { campaignChoices, type CampaignChoice } from '#shared/model/pack-campaigns.ts';
import { Segmented } from '../../components/segmented.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import type { CampaignsDraft } from './export-draft.ts';
import styles from './export-panel.module.css';

const labels: Readonly<Record<CampaignChoice, `evidence:campaigns.${CampaignChoice}`>> = {
  overlapping: 'evidence:campaigns.overlapping',
  all: 'evidence:campaigns.all',
  chosen: 'evidence:campaigns.chosen',
  none: 'evidence:campaigns.none',
};

type CampaignsChoiceProps = { draft: CampaignsDraft; change: (draft: CampaignsDraft) => void };

export function CampaignsChoice({ draft, change }: CampaignsChoiceProps) {
  const { orpc } = useApi();
  const opened = useQuery(orpc.evidence.previewCampaigns.queryOptions({ input: { choice: 'all' } }));
  if (opened.isError) return <ProblemNotice error={opened.error} />;
  const campaigns = opened.data?.packed ?? [];
  if (campaigns.length === 0) return null;
  const { choice, ids } = draft;
  const toggle = (id: string, isOn: boolean) =>
    change({ choice, ids: isOn ? [...ids, id] : ids.filter((one) => one !== id) });
  return (
    <fieldset className={styles.campaigns}>
      <legend>{text('evidence:campaigns.title')}</legend>
      <Segmented
        label={text('evidence:campaigns.title')}
        value={choice}
        choices={campaignChoices.map((value) => ({ value, label: text(labels[value]) }))}
        onChange={(value) => change({ choice: value, ids })}
      />
      {choice === 'chosen' && (
        <ul className={styles.chosen}>
          {campaigns.map(({ campaign, name, period }) => (
            <li key={campaign}>
              <label className={styles.choice}>
                <input
                  type="checkbox"
                  checked={ids.includes(campaign)}
                  onChange={(event) => toggle(campaign, event.target.checked)}
                />
                <span>
                  <bdi>{name}</bdi> {text('evidence:campaigns.days', period)}
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}
