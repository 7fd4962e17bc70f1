// A part of the evidence: its sum in sight, the rest behind it; whether it stood open is recorded with a decision.
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import type { EvidencePart as PartName, UnknownPart } from '#shared/model/campaign-evidence.ts';
import { visibleText } from '../../../components/visible-text.ts';
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
  const id = useId();
  const isOpen = openParts.has(part);
  const title = text(`campaignItems:evidence.part.${part}`);
  const toggle = () => {
    const next = new Set(openParts);
    if (!next.delete(part)) next.add(part);
    setOpenParts(next);
  };
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <section className={styles.part} aria-label={title}>
      <div className={styles.partHead}>
        <h4 className={styles.partName}>
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={toggle}
          >
            <Icon className={styles.chevron} aria-hidden="true" />
            {title}
          </button>
        </h4>
        <span className={styles.summary}>
          {known.isKnown ? summary(known) : text('campaignItems:evidence.unknown')}
        </span>
      </div>
      <div id={id} className={styles.partBody} hidden={!isOpen}>
        {isOpen &&
          (known.isKnown ? children(known) : <p className={styles.quiet}>{visibleText(known.because)}</p>)}
      </div>
    </section>
  );
}
