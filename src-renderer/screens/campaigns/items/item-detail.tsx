// One item in full: what the right means, who holds it, what the rules say, what is known besides, and what was decided.
import type { CampaignEvidence } from '#shared/model/campaign-evidence.ts';
import type { CampaignItemDetail, CampaignStatus } from '#shared/model/campaign-view.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { ActorText } from '../../../domain/actor-text.tsx';
import { DecisionBar } from '../../../domain/decision-bar.tsx';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { Rich } from '../../../texts/rich.tsx';
import { text } from '../../../texts/text.ts';
import type { DetailPaneProps } from './detail-pane-props.ts';
import { EarlierPart } from './earlier-part.tsx';
import { FindingsPart } from './findings-part.tsx';
import { ItemDecisions } from './item-decisions.tsx';
import { ItemFacts, ShortFacts } from './item-facts.tsx';
import { ItemNotices } from './item-notices.tsx';
import { ItemRules } from './item-rules-part.tsx';
import { decisionMeaning, StateMark } from './item-marks.tsx';
import styles from './item-detail.module.css';
import items from './items.module.css';
import { PeersPart } from './peers-part.tsx';
import { PrivilegedPart } from './privileged-part.tsx';
import { UsePart } from './use-part.tsx';

/** The facts below name everything in full. */
const mostInHeading = 80;

type ItemDetailProps = DetailPaneProps & {
  detail: CampaignItemDetail;
  /** Null while it is being looked up. */
  evidence: CampaignEvidence | null;
  evidenceError: unknown;
};

export function ItemDetail(props: ItemDetailProps) {
  const { campaign, detail, evidence, evidenceError, isListed, isBusy, hasKeys, onDecide, onGo } = props;
  const { item, meaning } = detail;
  return (
    <div className={styles.detail}>
      <header className={styles.head}>
        <h2>
          <Verbatim value={item.entitlement} most={mostInHeading} />
        </h2>
        {meaning === null ? (
          <p className={styles.noMeaning}>{text('campaignItems:noMeaning')}</p>
        ) : (
          <p className={styles.meaning} dir="auto">
            {visibleText(meaning)}
          </p>
        )}
        <p>
          <Holder detail={detail} />
        </p>
        <p className={styles.standing}>
          <StateMark item={item} />
          <Who campaign={campaign} detail={detail} />
        </p>
        {campaign.state === 'open' && (
          <DecisionBar
            label={text('campaignItems:decide')}
            hasKeys={hasKeys}
            disabled={isBusy}
            meaningOf={decisionMeaning}
            onDecide={onDecide}
          />
        )}
        {!isListed && <p className={items.quiet}>{text('campaignItems:notListed')}</p>}
      </header>
      <ItemNotices campaign={campaign} detail={detail} onGo={onGo} />
      <ShortFacts item={item} zone={campaign.zone} />
      <ItemRules item={item} />
      <section aria-label={text('campaignItems:evidence.title')}>
        <h3>{text('campaignItems:evidence.title')}</h3>
        <ProblemNotice error={evidenceError} />
        {evidence === null && !evidenceError && <EmptyState title={text('campaignItems:evidence.loading')} />}
        {evidence !== null && <EvidenceParts evidence={evidence} detail={detail} />}
      </section>
      <ItemDecisions detail={detail} campaign={campaign} />
      <ItemFacts item={item} campaign={campaign} onAlike={props.onAlike} />
    </div>
  );
}

function EvidenceParts({ evidence, detail }: { evidence: CampaignEvidence; detail: CampaignItemDetail }) {
  return (
    <>
      {evidence.from === 'file' && <p className={items.quiet}>{text('campaignItems:evidence.fromFile')}</p>}
      <UsePart evidence={evidence} item={detail.item} />
      <PeersPart peers={evidence.peers} item={detail.item} />
      <FindingsPart findings={evidence.findings} />
      <PrivilegedPart evidence={evidence} subject={detail.item.subject} />
      <EarlierPart evidence={evidence} />
    </>
  );
}

function Holder({ detail: { item } }: { detail: CampaignItemDetail }) {
  const subject = (
    <strong>
      <ActorText
        actor={item.subject}
        name={item.subjectName}
        missing={text('campaignItems:nobody')}
        most={mostInHeading}
      />
    </strong>
  );
  if (item.resource === null || item.resource === '')
    return <Rich of="campaignItems:heldBy" parts={{ subject }} />;
  return (
    <Rich
      of="campaignItems:heldOn"
      parts={{ subject, resource: <Verbatim value={item.resource} most={mostInHeading} /> }}
    />
  );
}

function Who({ campaign, detail: { item } }: { campaign: CampaignStatus; detail: CampaignItemDetail }) {
  const { stages } = campaign.definition;
  const { ofRecord, acting, stage } = item;
  const values = { stage: stages[stage]?.name ?? '', number: stage + 1, of: stages.length };
  if (ofRecord === null) return <span>{text('campaignItems:who.nobody')}</span>;
  const names = {
    name: <Verbatim value={ofRecord.name} />,
    acting: <Verbatim value={(acting ?? ofRecord).name} />,
  };
  const key = acting !== null && acting.id !== ofRecord.id ? 'acting' : 'record';
  return (
    <span title={item.because}>
      <Rich of={`campaignItems:who.${key}`} parts={names} />
      {stages.length > 1 && ` ${text('campaignItems:who.stage', values)}`}
    </span>
  );
}
