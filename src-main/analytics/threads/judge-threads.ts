// The engine's end of the threads that judge for it.
import type { Worker } from 'node:worker_threads';
import { Problem } from '#shared/model/problem.ts';
import type { MirroredHistory } from '../../store/cache/resident.ts';
import type { Judgement } from '../judgement.ts';
import { problemOf } from './failure.ts';
import type { JudgeCommand, JudgeMessage, JudgeOrder } from './judge-protocol.ts';
import { unpackHits } from './packed-hits.ts';

type Judged = Extract<JudgeMessage, { type: 'judged' }>;

/**
 * Has detectors run by threads, and hands on one judgement at a time, in the order in which they come. Ends when all
 * threads have ended, also after a failure: none of them may hold the file any longer.
 * @param places of the detectors among those that the order makes; taken in this order by whichever thread is free.
 * @param meanwhile what this thread does before it takes the first judgement.
 */
export async function judgeInThreads(
  startThread: () => Worker,
  threads: number,
  order: JudgeOrder,
  history: MirroredHistory,
  places: readonly number[],
  onJudged: (place: number, judgement: Judgement) => Promise<void>,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const waiting = [...places];
  const begun = Promise.withResolvers<void>();
  let last = begun.promise.then(meanwhile);
  const receive = ({ place, packed, evaluated, learning }: Judged): Promise<void> => {
    last = last.then(() => onJudged(place, { hits: unpackHits(history, packed), evaluated, learning }));
    return last;
  };
  const judges = Array.from({ length: Math.min(threads, places.length) }, () => new Judge(startThread()));
  try {
    const working = judges.map((judge) => judge.work(order, () => waiting.shift(), receive));
    begun.resolve();
    await Promise.all([last, ...working]);
  } finally {
    waiting.length = 0;
    await Promise.all(judges.map((judge) => judge.dismiss()));
  }
}

class Judge {
  readonly #thread: Worker;
  readonly #ended: Promise<void>;

  constructor(thread: Worker) {
    this.#thread = thread;
    const { promise, resolve } = Promise.withResolvers<void>();
    thread.once('exit', () => resolve());
    this.#ended = promise;
  }

  /** Resolves when nothing is left to judge and everything this thread judged was received. */
  work(
    order: JudgeOrder,
    next: () => number | undefined,
    receive: (judged: Judged) => Promise<void>,
  ): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let received = Promise.resolve();
    const goOn = () => {
      const place = next();
      if (place === undefined) received.then(resolve, reject);
      else this.#command({ type: 'judge', place });
    };
    this.#thread
      .on('message', (message: JudgeMessage) => {
        if (message.type === 'failed') reject(problemOf(message));
        else {
          received = receive(message);
          received.catch(reject);
          goOn();
        }
      })
      .once('error', reject)
      .once('exit', () => reject(endedEarly()));
    this.#command({ type: 'open', order });
    goOn();
    return promise;
  }

  async dismiss(): Promise<void> {
    this.#command({ type: 'close' });
    await this.#ended;
  }

  #command(command: JudgeCommand): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
    this.#thread.postMessage(command);
  }
}

const endedEarly = () =>
  new Problem('internal', 'Judging ended unexpectedly. What was already read and found is kept.', {
    next: 'Refresh again.',
  });
