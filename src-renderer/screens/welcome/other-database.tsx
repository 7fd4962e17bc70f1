// Says that a database is not the one this workspace is pinned to, and takes a person's word where that cannot be told.
import type { InspectionReport } from '#shared/model/connection.ts';
import { Notice } from '../../components/notice.tsx';
import { TextField } from '../../components/field.tsx';
import { text } from '../../texts/text.ts';
import styles from './other-database.module.css';

type OtherDatabaseProps = {
  other: NonNullable<InspectionReport['otherDatabase']>;
  isStated: boolean;
  reason: string;
  set: (part: { isStated?: boolean; reason?: string }) => void;
};

export function OtherDatabase({ other, isStated, reason, set }: OtherDatabaseProps) {
  return (
    <Notice tone={other.mayBeSame ? 'warning' : 'danger'} title={other.sentence}>
      <p>{other.next}</p>
      {other.mayBeSame && (
        <div className={styles.statement}>
          <label className={styles.choice}>
            <input
              type="checkbox"
              checked={isStated}
              onChange={(event) => set({ isStated: event.target.checked })}
            />
            {text('welcome:other.same')}
          </label>
          {isStated && (
            <TextField
              label={text('welcome:other.reason')}
              hint={text('welcome:other.reasonHint')}
              value={reason}
              maxLength={4000}
              onChange={(event) => set({ reason: event.target.value })}
            />
          )}
        </div>
      )}
    </Notice>
  );
}
