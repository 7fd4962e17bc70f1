// What a bench has to tidy up: in the end, after an error, and when it is interrupted.
type Step = () => Promise<void>;

/** Steps run in reverse order, each once; one that fails does not keep the others from running. */
export function afterwards(): { add: (step: Step) => void; all: () => Promise<void> } {
  const steps: Step[] = [];
  const all = async () => {
    process.off('SIGINT', giveUp).off('SIGTERM', giveUp);
    for (const step of steps.splice(0).toReversed()) {
      await step().catch((error: unknown) => console.error(error));
    }
  };
  const giveUp = () => void all().finally(() => process.exit(130));
  process.once('SIGINT', giveUp).once('SIGTERM', giveUp);
  return { add: (step) => void steps.push(step), all };
}
