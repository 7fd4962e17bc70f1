// What was erased of a person, and what had to stay.
import type { InferClientOutputs } from '@orpc/client';
import { Notice } from '../../components/notice.tsx';
import type { WorkstationClient } from '../../domain/api.ts';
import { text } from '../../texts/text.ts';

export type ErasureReport = InferClientOutputs<WorkstationClient>['privacy']['erase'];

export function Erased({ report }: { report: ErasureReport }) {
  const { pseudonym, erased, kept, copies } = report;
  return (
    <Notice tone="info" title={text('settings:erase.done', { pseudonym })}>
      <ul>
        {erased.map(({ what, count, why }) => (
          <li key={what}>{`${count} ${what}: ${why}`}</li>
        ))}
      </ul>
      {kept.length > 0 && <p>{text('settings:erase.stays')}</p>}
      <ul>
        {kept.map(({ what, count, why }) => (
          <li key={what}>{`${count} ${what}: ${why}`}</li>
        ))}
      </ul>
      {copies.length > 0 && <p>{text('settings:erase.copies', { files: copies.join(', ') })}</p>}
    </Notice>
  );
}
