// Sentences about what just happened, each to be dismissed by the person.
import { X } from 'lucide-react';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { dismissNotice, useDialogs } from '../state/dialogs.ts';
import { text } from '../texts/text.ts';
import styles from './notices.module.css';

export function Notices() {
  const notices = useDialogs((state) => state.notices);
  return (
    <div className={styles.list} aria-live="polite">
      {notices.map((notice) => (
        <Notice
          key={notice.id}
          tone={notice.tone}
          title={notice.message}
          action={
            <Button
              weight="quiet"
              size="small"
              icon={X}
              aria-label={text('app:notices.dismiss')}
              onClick={() => dismissNotice(notice.id)}
            />
          }
        >
          {notice.next !== null && <p>{notice.next}</p>}
        </Notice>
      ))}
    </div>
  );
}
