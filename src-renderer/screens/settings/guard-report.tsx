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
import { text } from '../../texts/text.ts';
import styles from './rights-panel.module.css';

export function GuardReport() {
  const { orpc } = useApi();
  const ask = useMutation(orpc.source.report.mutationOptions());
  return (
    <>
      <div className={styles.ask}>
        <p>{text('settings:guard.question')}</p>
        <Button disabled={ask.isPending} onClick={() => ask.mutate(undefined)}>
          {text(ask.isPending ? 'settings:guard.asking' : 'settings:guard.ask')}
        </Button>
      </div>
      <ProblemNotice error={ask.error} />
      {ask.data !== undefined && <Guard report={ask.data} />}
    </>
  );
}

function Guard({ report: { reviewTable, anomalyTable, role } }: { report: InspectionReport }) {
  if (reviewTable === null) return <Notice tone="info" title={text('settings:guard.noTable')} />;
  const guard = reviewTable.guard ?? null;
  if (guard === null) return <Notice tone="info" title={text('settings:guard.hidden')} />;
  return (
    <section aria-label={text('settings:guard.title')}>
      <Facts
        facts={[
          { name: text('settings:guard.as'), value: <Verbatim value={role} /> },
          { name: text('settings:guard.once'), value: <Kept isKept={guard.decidedOnce} /> },
          { name: text('settings:guard.notActor'), value: <Kept isKept={guard.selfReviewRefused} /> },
          {
            name: text('settings:guard.policies'),
            value: <Verbatim value={guard.policies.join(', ')} missing={text('settings:none')} />,
          },
          {
            name: text('settings:guard.excess'),
            value: <Verbatim value={guard.excess.join(', ')} missing={text('settings:none')} />,
          },
          {
            name: text('settings:guard.creates'),
            value: text(reviewTable.canCreate === true ? 'settings:yes' : 'settings:no'),
          },
          ...(anomalyTable === null
            ? []
            : [
                {
                  name: text('settings:guard.publishes'),
                  value: anomalyTable.cannotPublish ?? text('settings:yes'),
                },
              ]),
        ]}
      />
    </section>
  );
}

function Kept({ isKept }: { isKept: boolean }) {
  return isKept ? (
    <Chip tone="good" icon={Check}>
      {text('settings:guard.byDatabase')}
    </Chip>
  ) : (
    <Chip tone="warning" icon={X}>
      {text('settings:guard.byProgram')}
    </Chip>
  );
}
