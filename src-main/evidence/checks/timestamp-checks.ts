// The check of RFC 3161 timestamps: they are about the signatures in this pack, and somebody named vouches for the time.
import type { TimestampJudge } from '../timestamp-judge.ts';
import { failCheck, type Check } from './check.ts';
import type { OpenedPack } from './opened-pack.ts';
import { answerAbout, wholeSeconds } from './signing-time.ts';
import { secondsAsText } from './signer-sentences.ts';

type TimestampOptions = { readonly timestamps: TimestampJudge; readonly now: string };

/** Clocks differ; a token from further ahead than this was not made before now. */
const clockToleranceSeconds = 300;

function checkTimestamps(pack: OpenedPack, { timestamps, now }: TimestampOptions): string {
  const sentences: string[] = [];
  for (const signature of pack.signatures()) {
    const answer = answerAbout(timestamps, signature);
    if (answer === null) continue;
    const about = signature.name;
    if (answer.standing === 'refused') failCheck(answer.fault, `The timestamp of ${about}: ${answer.reason}`);
    if (answer.standing === 'unchecked') {
      sentences.push(`There is a timestamp of ${about}, not checked: no timestamp authority was named.`);
      continue;
    }
    if (answer.at > wholeSeconds(now) + clockToleranceSeconds) {
      const when = secondsAsText(answer.at);
      failCheck(
        'unpinned',
        `The timestamp of ${about} is of ${when}, which is yet to come here. Check the date of this computer.`,
      );
    }
    sentences.push(`${about} existed at ${secondsAsText(answer.at)}, says ${answer.authority}.`);
  }
  return sentences.length === 0
    ? 'No timestamp; when it was signed is a claim of the pack.'
    : sentences.join(' ');
}

export const timestampCheck = (options: TimestampOptions): Check<OpenedPack> => ({
  name: 'timestamps',
  needs: ['signatures'],
  run: (pack) => checkTimestamps(pack, options),
});
