// Who stands in for whom, until when and why; and the act that lets somebody.
import { CalendarClock, CircleCheck, CircleSlash, UserRoundPlus, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { nameOf } from '#shared/model/campaign-people.ts';
import { Button } from '../../../components/button.tsx';
import { Chip, type ChipTone } from '../../../components/chip.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { useReviewerGate } from '../../../domain/reviewer-gate.ts';
import { Rich } from '../../../texts/rich.tsx';
import { text } from '../../../texts/text.ts';
import { EndDelegation } from './end-delegation.tsx';
import { DelegateDialog } from './delegate-dialog.tsx';
import { inOrder, type DelegationState } from './delegation-state.ts';
import styles from './people-section.module.css';
import { ZonedDay } from './zoned-day.tsx';

export function DelegationsPanel({ campaign }: { campaign: CampaignStatus }) {
  const [isOpen, setIsOpen] = useState(false);
  const gate = useReviewerGate();
  const { delegations, state, role } = campaign;
  const why =
    role === 'taken'
      ? text('campaignOversight:delegation.onlyHere')
      : state === 'open'
        ? null
        : text('campaignOversight:delegation.onlyOpen');
  return (
    <Panel
      title={text('campaignOversight:delegation.title')}
      actions={
        why === null && (
          <Button size="small" icon={UserRoundPlus} onClick={() => gate(() => setIsOpen(true))}>
            {text('campaignOversight:delegation.act')}
          </Button>
        )
      }
    >
      {delegations.length === 0 && (
        <div>
          <p>{text('campaignOversight:delegation.none')}</p>
          <p className={styles.note}>{text('campaignOversight:delegation.noneMeaning')}</p>
        </div>
      )}
      {why !== null && <p className={styles.note}>{why}</p>}
      {campaign.delegationRemarks.map((sentence) => (
        <Notice key={sentence} tone="info" title={visibleText(sentence)} />
      ))}
      <DelegationLines key={delegations.map(({ validTo }) => validTo).join(' ')} campaign={campaign} />
      {isOpen && <DelegateDialog campaign={campaign} onClose={() => setIsOpen(false)} />}
    </Panel>
  );
}

/** As of when it was drawn first: one that was just recorded begins after the screen was opened, so each list is drawn anew. */
function DelegationLines({ campaign }: { campaign: CampaignStatus }) {
  const [nowMs] = useState(() => Date.now());
  return (
    <ul className={styles.delegations}>
      {inOrder(campaign, nowMs).map(({ delegation, state, place }) => (
        <DelegationLine key={place} delegation={delegation} state={state} campaign={campaign} />
      ))}
    </ul>
  );
}

const looks: Readonly<Record<DelegationState, { icon: LucideIcon; tone: ChipTone }>> = {
  later: { icon: CalendarClock, tone: 'info' },
  now: { icon: CircleCheck, tone: 'good' },
  ended: { icon: CircleSlash, tone: 'neutral' },
};

type LineProps = {
  delegation: CampaignStatus['delegations'][number];
  state: DelegationState;
  campaign: CampaignStatus;
};

function DelegationLine({ delegation, state, campaign }: LineProps) {
  const { from, to, validFrom, validTo, by, reason, ended, entry } = delegation;
  const { zone, definition } = campaign;
  const named = (id: string) => visibleText(nameOf(definition, id));
  return (
    <li className={`${styles.delegation} ${state === 'ended' ? styles.ended : ''}`}>
      <p>
        <Rich
          of="campaignOversight:delegation.for"
          parts={{ to: <strong>{named(to)}</strong>, from: <strong>{named(from)}</strong> }}
        />
      </p>
      <Chip {...looks[state]}>{text(`campaignOversight:delegation.state.${state}`)}</Chip>
      <p className={styles.note}>
        <Rich
          of="campaignOversight:delegation.span"
          parts={{
            from: <ZonedDay instant={validFrom} zone={zone} edge="first" />,
            to: <ZonedDay instant={validTo} zone={zone} edge="last" />,
          }}
        />
        {' · '}
        {text('campaignOversight:delegation.by', { name: named(by) })}
      </p>
      <p className={styles.reason}>
        <Verbatim value={reason} />
      </p>
      {ended !== undefined && (
        <p className={styles.note}>
          {text('campaignOversight:delegation.endedEarly', {
            name: named(ended.by),
            reason: visibleText(ended.reason),
          })}
        </p>
      )}
      {entry !== null && state !== 'ended' && (
        <EndDelegation id={campaign.id} entry={entry} from={named(from)} to={named(to)} />
      )}
    </li>
  );
}
