// What was erased of a person, and what had to stay.
import type { InferClientOutputs } from '@orpc/client';
import { Notice } from '../../components/notice.tsx';
import type { WorkstationClient } from '../../domain/api.ts';

export type ErasureReport = InferClientOutputs<WorkstationClient>['privacy']['erase'];

export function Erased({ report }: { report: ErasureReport }) {
  const { pseudonym, erased, kept, copies } = report;
  return (
    <Notice tone="info" title={`Erased; the person is counted as ${pseudonym}.`}>
      <ul>
        {erased.map(({ what, count, why }) => (
          <li key={what}>{`${count} ${what}: ${why}`}</li>
        ))}
      </ul>
      {kept.length > 0 && <p>What had to stay:</p>}
      <ul>
        {kept.map(({ what, count, why }) => (
          <li key={what}>{`${count} ${what}: ${why}`}</li>
        ))}
      </ul>
      {copies.length > 0 && <p>{`Copies made before, which are yours to delete: ${copies.join(', ')}`}</p>}
    </Notice>
  );
}
