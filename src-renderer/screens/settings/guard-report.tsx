// Asks the connected database whether it guards decisions by itself, as this login finds it.
import { useMutation } from '@tanstack/react-query';
import { Check, X } from 'lucide-react';
import type { InspectionReport } from '#shared/model/connection.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import styles from './rights-panel.module.css';

export function GuardReport() {
  const { orpc } = useApi();
  const ask = useMutation(orpc.source.report.mutationOptions());
  return (
    <>
      <div className={styles.ask}>
        <p>
          Does the database itself keep decisions from being overwritten, and from being made by the actor?
        </p>
        <Button disabled={ask.isPending} onClick={() => ask.mutate(undefined)}>
          {ask.isPending ? 'Asking…' : 'Ask the database'}
        </Button>
      </div>
      <ProblemNotice error={ask.error} />
      {ask.data !== undefined && <Guard report={ask.data} />}
    </>
  );
}

function Guard({ report: { reviewTable, anomalyTable, role } }: { report: InspectionReport }) {
  if (reviewTable === null)
    return <Notice tone="info" title="There is no review table, so there is nothing to guard." />;
  const guard = reviewTable.guard ?? null;
  if (guard === null)
    return <Notice tone="info" title="This login cannot see how the review table is guarded." />;
  return (
    <section aria-label="Guard of the review table">
      <Facts
        facts={[
          { name: 'Asked as', value: <Verbatim value={role} /> },
          { name: 'Decided only once', value: <Kept isKept={guard.decidedOnce} /> },
          { name: 'Never by the actor', value: <Kept isKept={guard.selfReviewRefused} /> },
          { name: 'Policies', value: <Verbatim value={guard.policies.join(', ')} missing="none" /> },
          {
            name: 'Further rights',
            value: <Verbatim value={guard.excess.join(', ')} missing="none" />,
          },
          { name: 'May add missing rows', value: reviewTable.canCreate === true ? 'yes' : 'no' },
          ...(anomalyTable === null
            ? []
            : [{ name: 'May publish findings', value: anomalyTable.cannotPublish ?? 'yes' }]),
        ]}
      />
    </section>
  );
}

function Kept({ isKept }: { isKept: boolean }) {
  return isKept ? (
    <Chip tone="good" icon={Check}>
      by the database
    </Chip>
  ) : (
    <Chip tone="warning" icon={X}>
      by this program only
    </Chip>
  );
}
