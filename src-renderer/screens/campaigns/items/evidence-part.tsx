// A part of the evidence: its sum in sight, the rest behind it; whether it stood open is recorded with a decision.
import type { ReactNode } from 'react';
import type { EvidencePart as PartName, UnknownPart } from '#shared/model/campaign-evidence.ts';
import { visibleText } from '../../../components/visible-text.ts';
import { DetailPart } from '../../../domain/detail-part.tsx';
import { useCampaignItemsView } from '../../../state/campaign-items-view.ts';
import { text } from '../../../texts/text.ts';
import styles from './items.module.css';

type EvidencePartProps<Known extends { readonly isKnown: true }> = {
  part: PartName;
  known: Known | UnknownPart;
  /** In a few words, in sight while it is closed, too. */
  summary: (known: Known) => ReactNode;
  children: (known: Known) => ReactNode;
};

export function EvidencePart<Known extends { readonly isKnown: true }>(props: EvidencePartProps<Known>) {
  const { part, known, summary, children } = props;
  const { openParts, setOpenParts } = useCampaignItemsView();
  const isOpen = openParts.has(part);
  const toggle = () => {
    const next = new Set(openParts);
    if (!next.delete(part)) next.add(part);
    setOpenParts(next);
  };
  return (
    <DetailPart
      isInner
      title={text(`campaignItems:evidence.part.${part}`)}
      summary={known.isKnown ? summary(known) : text('campaignItems:evidence.unknown')}
      isOpen={isOpen}
      onToggle={toggle}
    >
      {isOpen &&
        (known.isKnown ? children(known) : <p className={styles.quiet}>{visibleText(known.because)}</p>)}
    </DetailPart>
  );
}
