// Runs inside a page: tells when something was painted, how long frames take, and what a key brought.
import type { Page } from 'playwright-core';

export type Marks = {
  /** The page’s clock just after the first frame that was drawn with the condition met. Rejects after a while. */
  paintedWhen: (isReady: () => boolean) => Promise<number>;
  /** Milliseconds from each frame to the next, while each does a step; fewer where they take very long. */
  frames: (step: (frame: number) => void, count: number) => Promise<number[]>;
  /** Begins with the next key press, or with the next text put in: how long until a frame shows the condition met. */
  since: (type: 'keydown' | 'input', isReady: () => boolean) => void;
  /** What `since` measured, in milliseconds. */
  measured: Promise<number>;
  /** When the last answer to a question of this name had arrived, on the page’s clock. */
  answered: (question: string) => number;
};

declare global {
  // A property of the page under measurement, not of this process.
  var marks: Marks;
}

/** Puts `marks` into every document the page will load. */
export async function installMarks(page: Page): Promise<void> {
  await page.addInitScript(defineMarks);
}

function defineMarks(): void {
  const giveUpAfterMs = 120_000;
  const framesForMs = 20_000;
  performance.setResourceTimingBufferSize(100_000);
  const afterPaint = () =>
    new Promise<number>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => resolve(performance.now()));
      port1.start();
      port2.postMessage(null);
    });
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const paintedWhen = async (isReady: () => boolean) => {
    const from = performance.now();
    for (;;) {
      await nextFrame();
      if (isReady()) return afterPaint();
      if (performance.now() - from > giveUpAfterMs) throw new Error(`Never painted: ${String(isReady)}`);
    }
  };
  globalThis.marks = {
    paintedWhen,
    frames: async (step, count) => {
      const from = await nextFrame();
      const times: number[] = [];
      for (let last = from, frame = 0; frame < count && last - from < framesForMs; frame += 1) {
        step(frame);
        const now = await nextFrame();
        times.push(now - last);
        last = now;
      }
      return times;
    },
    since: (type, isReady) => {
      globalThis.marks.measured = new Promise((resolve, reject) => {
        const begin = ({ timeStamp }: Event) => {
          paintedWhen(isReady).then((at) => resolve(at - timeStamp), reject);
        };
        addEventListener(type, begin, { capture: true, once: true });
      });
    },
    measured: Promise.resolve(0),
    answered: (question) =>
      performance
        .getEntriesByType('resource')
        .filter((entry): entry is PerformanceResourceTiming => entry.name.endsWith(question))
        .reduce((latest, { responseEnd }) => Math.max(latest, responseEnd), 0),
  };
}
