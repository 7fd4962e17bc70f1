// The exception that lets a finding pass: until when, whose it is, why, and the way to end it.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { useApi } from '../../domain/api.ts';
import { countWords } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { EndExceptionDialog } from './end-exception-dialog.tsx';

export function ExceptionNote({ id }: { id: string }) {
  const { orpc } = useApi();
  const exceptions = useQuery(orpc.detection.exceptions.queryOptions());
  const gate = useReviewerGate();
  const [isEnding, setIsEnding] = useState(false);
  const found = exceptions.data?.find((one) => one.id === id);
  if (exceptions.isError) return <ProblemNotice error={exceptions.error} />;
  if (found === undefined) return null;
  return (
    <Notice
      tone="warning"
      title={text('findings:exception.note')}
      action={
        <Button size="small" onClick={() => gate(() => setIsEnding(true))}>
          {text('findings:exception.end')}
        </Button>
      }
    >
      <p>
        <Rich
          of="findings:exception.noteWords"
          values={{
            events: countWords(found.maximumCount, 'event'),
            findings: countWords(found.hides, 'finding'),
          }}
          parts={{
            until: <InstantText instant={found.expiresAt} />,
            owner: <Verbatim value={found.owner} most={60} />,
            reason: <Verbatim value={found.reason} most={200} />,
          }}
        />
      </p>
      {isEnding && <EndExceptionDialog id={id} onClose={() => setIsEnding(false)} />}
    </Notice>
  );
}
