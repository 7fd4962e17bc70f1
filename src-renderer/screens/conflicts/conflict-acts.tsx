// How a conflict stands, and what can be done about it: close it with a note, print both sides.
import { Printer } from 'lucide-react';
import type { AnyConflict } from '#shared/model/conflict-list.ts';
import { Button } from '../../components/button.tsx';
import { text } from '../../texts/text.ts';
import { StandingMark } from './conflict-columns.tsx';
import styles from './conflict-detail.module.css';

type ConflictActsProps = {
  conflict: Pick<AnyConflict, 'standing' | 'reopened'>;
  onClose: () => void;
  onPrint: () => void;
};

export function ConflictActs({ conflict, onClose, onPrint }: ConflictActsProps) {
  return (
    <div className={styles.acts}>
      <StandingMark conflict={conflict} />
      <span className={styles.buttons}>
        {conflict.standing === 'open' && (
          <Button weight="primary" size="small" keyHint="x" onClick={onClose}>
            {text('conflicts:act.close')}
          </Button>
        )}
        <Button size="small" icon={Printer} keyHint="p" onClick={onPrint}>
          {text('conflicts:act.print')}
        </Button>
      </span>
    </div>
  );
}
