// What the item itself says, and what somebody wrote into its row.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import type { Review } from '#shared/model/review.ts';
import { Facts } from '../../components/facts.tsx';
import { FullValue } from '../../components/full-value.tsx';
import { ScrollText } from '../../components/scroll-region.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { text } from '../../texts/text.ts';
import { KeptPart } from './kept-part.tsx';

export function ItemFacts({ review, event }: { review: Review; event: AuditEvent | null }) {
  const action = text('queue:columns.action');
  return (
    <KeptPart part="item" title={text('queue:item.title')}>
      <Facts
        facts={[
          { name: text('queue:item.id'), value: <code>{review.id}</code> },
          ...(event?.action === review.action
            ? []
            : [{ name: action, value: <FullValue name={action} value={review.action} /> }]),
          {
            name: text('queue:item.origin'),
            value: text(`queue:item.from.${review.origin}`),
          },
          { name: text('queue:item.tenant'), value: <Verbatim value={review.tenant} /> },
        ]}
      />
    </KeptPart>
  );
}

/** Shown line by line, as it was written. */
export function RowNote({ notes }: { notes: string }) {
  return (
    <section aria-label={text('queue:note.title')}>
      <h3>{text('queue:note.title')}</h3>
      <p>{text('queue:note.words')}</p>
      <ScrollText label={text('queue:note.title')} text={notes} />
    </section>
  );
}
