// Decisions that were not taken over, each with the reason.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { Modal } from '../../../components/modal.tsx';
import { ScrollRegion } from '../../../components/scroll-region.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { useApi } from '../../../domain/api.ts';
import { formatCount } from '../../../domain/count-words.ts';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { text } from '../../../texts/text.ts';
import styles from './files.module.css';

type Refusal = { decision: string; subject: string | null; entitlement: string | null; why: string };

const shownAtMost = 200;

type RefusalListProps = { refused: readonly Refusal[]; total: number; label?: string };

export function RefusalList({ refused, total, label }: RefusalListProps) {
  const shown = refused.slice(0, shownAtMost);
  return (
    <>
      <ScrollRegion label={label ?? text('campaignFiles:refused.title')}>
        <ul className={styles.refusals}>
          {shown.map(({ decision, subject, entitlement, why }) => (
            <li key={decision}>
              <span>
                <Verbatim value={subject} missing={text('campaignFiles:refused.noItem')} />
                {entitlement !== null && (
                  <>
                    {' · '}
                    <Verbatim value={entitlement} />
                  </>
                )}
              </span>
              <span className={styles.quiet}>{why}</span>
            </li>
          ))}
        </ul>
      </ScrollRegion>
      {total > shown.length && (
        <p className={styles.quiet}>
          {text('campaignFiles:refused.more', {
            shown: formatCount(shown.length),
            total: formatCount(total),
          })}
        </p>
      )}
    </>
  );
}

type RefusalsButtonProps = { campaign: string; sha256: string; count: number };

/** Opens the list of what was not taken over of one file. */
export function RefusalsButton({ campaign, sha256, count }: RefusalsButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button size="small" weight="quiet" onClick={() => setIsOpen(true)}>
        {text('campaignFiles:refused.open', { count })}
      </Button>
      {isOpen && (
        <Modal title={text('campaignFiles:refused.title')} width="wide" onClose={() => setIsOpen(false)}>
          <Refusals campaign={campaign} sha256={sha256} />
        </Modal>
      )}
    </>
  );
}

function Refusals({ campaign: id, sha256 }: Pick<RefusalsButtonProps, 'campaign' | 'sha256'>) {
  const { orpc } = useApi();
  const { data, error } = useQuery(orpc.campaignFiles.refusals.queryOptions({ input: { id, sha256 } }));
  if (data === undefined) return <ProblemNotice error={error} />;
  return <RefusalList refused={data.refused} total={data.total} />;
}
