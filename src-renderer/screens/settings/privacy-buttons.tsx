// The two buttons under each form about people in the data.
import { Button } from '../../components/button.tsx';
import { text } from '../../texts/text.ts';
import styles from './independence-panel.module.css';

type PrivacyButtonsProps = { label: string; canSave: boolean; onClose: () => void };

export function PrivacyButtons({ label, canSave, onClose }: PrivacyButtonsProps) {
  return (
    <div className={styles.buttons}>
      <Button onClick={onClose}>{text('settings:cancel')}</Button>
      <Button weight="primary" submits disabled={!canSave}>
        {label}
      </Button>
    </div>
  );
}
