// The way to items that came as a file: says who reviews here first, where nobody did, then takes them up.
import { Inbox } from 'lucide-react';
import { Button } from '../components/button.tsx';
import { openTakingUp } from '../state/dialogs.ts';
import { text } from '../texts/text.ts';
import { useReviewerGate } from './reviewer-gate.ts';

export function TakeUpFile({ label = text('campaignFiles:takeUp.open') }: { label?: string | undefined }) {
  const gate = useReviewerGate();
  return (
    <Button icon={Inbox} onClick={() => gate(openTakingUp)}>
      {label}
    </Button>
  );
}
