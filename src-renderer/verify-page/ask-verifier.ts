// Puts a question to the verifier, in a thread of its own where the browser allows that, else in the page.
import type { PageAnswer, PageQuestion } from '#shared/model/verify-page.ts';

type AnswerPort = {
  postMessage: (question: PageQuestion<Blob>) => void;
  addEventListener: (type: 'message', listener: (event: MessageEvent<PageAnswer>) => void) => void;
};

declare global {
  /** Set by the script before this one. */
  var countersignVerifier: (port: MessagePort) => void;
}

const brokenOff: PageAnswer = {
  kind: 'problem',
  message: 'The verification broke off, so nothing can be said about the pack.',
  next: 'Try again in another browser, or with countersign verify.',
};

/** The script that stands in the page is what the thread runs, so there is one verifier only. */
function startWorker(code: string): Worker | null {
  const address = URL.createObjectURL(
    new Blob([code, '\ncountersignVerifier(globalThis);'], { type: 'text/javascript' }),
  );
  try {
    return new Worker(address);
  } catch {
    // Some browsers refuse workers to pages opened from a file.
    return null;
  } finally {
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }
}

function put(port: AnswerPort, question: PageQuestion<Blob>, onAnswer: (answer: PageAnswer) => void): void {
  port.addEventListener('message', ({ data }) => onAnswer(data));
  port.postMessage(question);
}

/** Asks; `onAnswer` hears of progress until the last answer. Returns how to give up, after which it hears nothing more. */
export function askVerifier(
  question: PageQuestion<Blob>,
  onAnswer: (answer: PageAnswer) => void,
): () => void {
  const worker = startWorker(document.getElementById('verifier')?.textContent ?? '');
  let isOver = false;
  const tell = (answer: PageAnswer): void => {
    if (isOver) return;
    isOver = answer.kind !== 'progress';
    if (isOver) worker?.terminate();
    onAnswer(answer);
  };
  const stop = (): void => {
    isOver = true;
    worker?.terminate();
  };
  const askInPage = (): void => {
    const { port1, port2 } = new MessageChannel();
    globalThis.countersignVerifier(port2);
    port2.start();
    put(port1, question, tell);
    port1.start();
  };
  if (worker === null) {
    askInPage();
    return stop;
  }
  let hasAnswered = false;
  put(worker, question, (answer) => {
    hasAnswered = true;
    tell(answer);
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    if (isOver) return;
    if (hasAnswered) tell(brokenOff);
    else askInPage();
  });
  return stop;
}
