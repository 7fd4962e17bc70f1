// The verifier inside verify.html: waits at a port for questions and answers them. Runs in a worker, or in the page itself.
import './prepare-page.ts';
import type { PageAnswer, PageQuestion } from '#shared/model/verify-page.ts';
import { answerQuestion } from './answer-question.ts';

type Port = {
  readonly postMessage: (answer: PageAnswer) => void;
  readonly addEventListener: (
    type: 'message',
    listener: (event: { readonly data: PageQuestion<Blob> }) => void,
  ) => void;
};

/** More often than this nobody sees. */
const stepsOfProgress = 200;

function throttled(post: Port['postMessage']) {
  let last = '';
  return (step: string, share: number): void => {
    const told = `${step} ${Math.floor(share * stepsOfProgress)}`;
    if (told === last) return;
    last = told;
    post({ kind: 'progress', step, share });
  };
}

const failed: PageAnswer = {
  kind: 'problem',
  message: 'The verification broke off, so nothing can be said about the pack.',
  next: 'Use a current version of Chrome, Edge, Firefox or Safari, or countersign verify.',
};

function listenAt(port: Port): void {
  port.addEventListener('message', ({ data }) => {
    answerQuestion(
      data,
      throttled((answer) => port.postMessage(answer)),
    ).then(
      (answer) => port.postMessage(answer),
      () => port.postMessage(failed),
    );
  });
}

Object.assign(globalThis, { countersignVerifier: listenAt });
