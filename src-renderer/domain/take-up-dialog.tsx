// Takes up items that somebody handed over as a file; works without a database, in a workspace that holds nothing else.
import { acceptedAssignment } from '#shared/model/campaign-files.ts';
import { Button } from '../components/button.tsx';
import { Facts } from '../components/facts.tsx';
import { Modal, ModalActions } from '../components/modal.tsx';
import { Notice } from '../components/notice.tsx';
import { text } from '../texts/text.ts';
import { CampaignFileIntake } from './campaign-file-intake.tsx';
import { formatCount } from './count-words.ts';
import type { Looked } from './use-campaign-file.ts';

type TakeUpDialogProps = {
  /** Where to go once the items are here: the campaign they are of. */
  onTaken: (campaign: string) => void;
  onClose: () => void;
};

export function TakeUpDialog({ onTaken, onClose }: TakeUpDialogProps) {
  return (
    <Modal title={text('campaignFiles:takeUp.title')} width="wide" onClose={onClose}>
      <p>{text('campaignFiles:takeUp.meaning')}</p>
      <CampaignFileIntake
        kind="assignment"
        objection={objectionTo}
        renderDone={(result) => (
          <TakenUp
            result={result}
            onGo={(campaign) => {
              onClose();
              onTaken(campaign);
            }}
          />
        )}
      />
    </Modal>
  );
}

function objectionTo({ seen }: Looked) {
  if (seen.kind === 'decisions')
    return (
      <Notice tone="warning" title={text('campaignFiles:takeUp.isDecisions')}>
        <p>{text('campaignFiles:takeUp.isDecisionsNext')}</p>
      </Notice>
    );
  if (!seen.isForOther) return null;
  return (
    <Notice tone="warning" title={text('campaignFiles:takeUp.isForOther', { name: seen.to?.name ?? '' })}>
      <p>{text('campaignFiles:takeUp.isForOtherNext')}</p>
    </Notice>
  );
}

function TakenUp({ result, onGo }: { result: unknown; onGo: (campaign: string) => void }) {
  const parsed = acceptedAssignment.safeParse(result);
  if (!parsed.success) return null;
  const { campaign, name, items, allItems, dueOn, isKnown } = parsed.data;
  return (
    <>
      <Notice
        tone="good"
        title={text(isKnown ? 'campaignFiles:takeUp.known' : 'campaignFiles:takeUp.done', { count: items })}
      />
      <Facts
        facts={[
          { name: text('campaignFiles:seen.campaign'), value: <bdi>{name}</bdi> },
          { name: text('campaignFiles:takeUp.toDecide'), value: formatCount(allItems) },
          { name: text('campaignFiles:seen.dueOn'), value: dueOn },
        ]}
      />
      <ModalActions>
        <Button weight="primary" data-focus-first onClick={() => onGo(campaign)}>
          {text('campaignFiles:takeUp.go')}
        </Button>
      </ModalActions>
    </>
  );
}
