// Who stands in for whom, until when and why; and the act that lets somebody.
import { CalendarClock, CircleCheck, CircleSlash, UserRoundPlus, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { Delegation } from '#shared/model/campaign.ts';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../../components/button.tsx';
import { Chip, type ChipTone } from '../../../components/chip.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { useReviewerGate } from '../../../domain/reviewer-gate.ts';
import { Rich } from '../../../texts/rich.tsx';
import { text } from '../../../texts/text.ts';
import { DelegateDialog } from './delegate-dialog.tsx';
import { inOrder, type DelegationState } from './delegation-state.ts';
import styles from './people-section.module.css';
import { ZonedDay } from './zoned-day.tsx';

export function DelegationsPanel({ campaign }: { campaign: CampaignStatus }) {
  const [isOpen, setIsOpen] = useState(false);
  const [nowMs] = useState(() => Date.now());
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
      <ul className={styles.delegations}>
        {inOrder(campaign, nowMs).map(({ delegation, state, place }) => (
          <DelegationLine key={place} delegation={delegation} state={state} campaign={campaign} />
        ))}
      </ul>
      {isOpen && <DelegateDialog campaign={campaign} onClose={() => setIsOpen(false)} />}
    </Panel>
  );
}

const looks: Readonly<Record<DelegationState, { icon: LucideIcon; tone: ChipTone }>> = {
  later: { icon: CalendarClock, tone: 'info' },
  now: { icon: CircleCheck, tone: 'good' },
  ended: { icon: CircleSlash, tone: 'neutral' },
};

type LineProps = { delegation: Delegation; state: DelegationState; campaign: CampaignStatus };

function DelegationLine({ delegation, state, campaign }: LineProps) {
  const { from, to, validFrom, validTo, by, reason } = delegation;
  const { zone, definition } = campaign;
  const nameOf = (id: string) =>
    visibleText(definition.people.find((person) => person.id === id)?.name ?? id);
  return (
    <li className={`${styles.delegation} ${state === 'ended' ? styles.ended : ''}`}>
      <p>
        <Rich
          of="campaignOversight:delegation.for"
          parts={{ to: <strong>{nameOf(to)}</strong>, from: <strong>{nameOf(from)}</strong> }}
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
        {text('campaignOversight:delegation.by', { name: nameOf(by) })}
      </p>
      <p className={styles.reason}>
        <Verbatim value={reason} />
      </p>
    </li>
  );
}
