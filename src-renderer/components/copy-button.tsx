// Copies a text and says that it did.
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { text } from '../texts/text.ts';
import { Button } from './button.tsx';

export function CopyButton({ text: copied, label }: { text: string; label: string }) {
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'refused'>('idle');
  const copy = () => {
    navigator.clipboard.writeText(copied).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    );
  };
  return (
    <Button size="small" icon={outcome === 'copied' ? Check : Copy} aria-label={label} onClick={copy}>
      {outcome === 'copied'
        ? text('components:copy.copied')
        : outcome === 'refused'
          ? text('components:copy.byHand')
          : text('components:copy.copy')}
    </Button>
  );
}
