// The person at the terminal: progress on stderr, a hidden prompt, an interrupt.
import type { ReadStream, WriteStream } from 'node:tty';
import { Problem } from '#shared/model/problem.ts';
import type { JobContext } from '../../api/jobs.ts';

export type Terminal = { readonly input: ReadStream; readonly messages: WriteStream };

/** Shows one changing line on a terminal, and one line a step elsewhere. */
export function progressPrinter({ messages }: Terminal): JobContext['progress'] & { finish: () => void } {
  let lastStep = '';
  let lastAtMs = 0;
  const print = (step: string, done: number, total: number | null, unit: string) => {
    const nowMs = performance.now();
    if (step === lastStep && (!messages.isTTY || nowMs - lastAtMs < 100)) return;
    const amount =
      unit === ''
        ? ''
        : ` ${done.toLocaleString('en-GB')}${total === null ? '' : ` of ${total.toLocaleString('en-GB')}`} ${unit}`;
    messages.write(messages.isTTY ? `\r\u{1b}[K${step}${amount}` : `${step}\n`);
    lastStep = step;
    lastAtMs = nowMs;
  };
  return Object.assign(print, {
    finish: () => void (messages.isTTY && lastStep !== '' && messages.write('\r\u{1b}[K')),
  });
}

/** Asks for a secret without echoing it; undefined when nobody is there to ask. */
export async function askSecret(
  { input, messages }: Terminal,
  question: string,
): Promise<string | undefined> {
  if (!input.isTTY || !messages.isTTY) return undefined;
  messages.write(question);
  input.setRawMode(true);
  input.setEncoding('utf8');
  let secret = '';
  try {
    for await (const chunk of input) {
      for (const character of String(chunk)) {
        if (character === '\r' || character === '\n') return secret;
        if (character === '\u{3}') throw new Problem('cancelled', 'Nothing was changed.');
        secret = character === '\u{7f}' ? Array.from(secret).slice(0, -1).join('') : secret + character;
      }
    }
    return secret;
  } finally {
    input.setRawMode(false);
    input.pause();
    messages.write('\n');
  }
}
