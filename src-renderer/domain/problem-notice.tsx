// The one way a failure is shown: what happened, then what to do.
import { Notice } from '../components/notice.tsx';
import { describeProblem } from './problem-text.ts';

export function ProblemNotice({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null;
  const { message, next } = describeProblem(error);
  return (
    <Notice tone="danger" title={message}>
      {next !== null && <p>{next}</p>}
    </Notice>
  );
}
