// Lets an act of a reviewer happen only once the workspace knows who the reviewer is.
import { useDialogs } from '../state/dialogs.ts';
import { useStatus } from './workspace-status.ts';

/** Runs the act at once, or first asks who reviews here and runs it after the answer. */
export function useReviewerGate(): (act: () => void) => void {
  const { reviewer } = useStatus();
  return (act) => {
    if (reviewer === null) useDialogs.setState({ reviewerPrompt: { resume: act } });
    else act();
  };
}
