// Takes decisions in that came back as a file, and says of each whether it was recorded.
import type { ReactNode } from 'react';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { CampaignFileIntake } from '../../../domain/campaign-file-intake.tsx';
import type { Looked } from '../../../domain/use-campaign-file.ts';
import { text } from '../../../texts/text.ts';
import type { SectionProps } from '../campaign-section.ts';
import { ImportOutcome } from './import-outcome.tsx';

export function TakeIn({ campaign, onGo }: SectionProps) {
  return (
    <Panel title={text('campaignFiles:takeIn.title')}>
      <p>{text('campaignFiles:takeIn.meaning')}</p>
      <CampaignFileIntake
        kind="decisions"
        objection={({ seen }) => objectionTo(seen, campaign.id, onGo)}
        renderDone={(result) => (
          <ImportOutcome
            result={result}
            onConflicts={() => onGo({ at: 'campaign', id: campaign.id, section: 'conflicts' })}
          />
        )}
      />
    </Panel>
  );
}

function objectionTo(seen: Looked['seen'], here: string, onGo: SectionProps['onGo']): ReactNode {
  if (seen.kind === 'assignment')
    return (
      <Notice tone="warning" title={text('campaignFiles:takeIn.isAssignment')}>
        <p>{text('campaignFiles:takeIn.isAssignmentNext')}</p>
      </Notice>
    );
  if (seen.campaign === here) return null;
  const { campaign: id, name } = seen;
  return (
    <Notice
      tone="warning"
      title={text('campaignFiles:takeIn.otherCampaign')}
      action={
        name === null ? undefined : (
          <Button size="small" onClick={() => onGo({ at: 'campaign', id, section: 'files' })}>
            {text('campaignFiles:takeIn.goThere')}
          </Button>
        )
      }
    />
  );
}
