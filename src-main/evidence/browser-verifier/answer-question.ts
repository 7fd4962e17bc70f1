// Verifies one pack for the page: the same checks as everywhere, and in words what this page leaves to others.
import type { Verification } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import type { KeyComparison, PageAnswer, PageQuestion } from '#shared/model/verify-page.ts';
import { readStretch } from '../byte-source.ts';
import type { TrustOptions } from '../checks/signature-checks.ts';
import { noTimestampJudge } from '../checks/signing-time.ts';
import { verifyEvidence } from '../collection/verify-work-papers.ts';
import { contentDigester } from '../digest.ts';
import { hexGroupsOf, wordsOf } from '../fingerprint-words.ts';
import type { PackUnderTest } from '../verify.ts';
import { packToVerify, sourceInBlob } from './blob-source.ts';
import { fingerprintTold, trustGiven } from './page-trust.ts';

type Progress = (step: string, share: number) => void;

async function hashOf(pack: Blob, onProgress: Progress): Promise<string> {
  const digester = contentDigester();
  let done = 0;
  for await (const piece of readStretch(sourceInBlob(pack), 0, pack.size)) {
    digester.add(piece);
    done += piece.length;
    onProgress('Hashing the pack file', done / pack.size);
  }
  return digester.end().sha256;
}

/** Once more with the key that somebody compared, when that is all that was missing. */
async function withCompared(
  first: Verification,
  compared: string,
  now: string,
  verify: (pins: TrustOptions['firstUse']) => Promise<Verification>,
): Promise<Verification> {
  const { signer } = first;
  if (compared.trim() === '' || first.verdict !== 'unpinned' || signer === null) return first;
  const fingerprint = fingerprintTold(compared);
  if (signer.fingerprint !== fingerprint) {
    const summary = `Intact, but not trusted. The key you were told is ${fingerprint}, and this pack was signed with ${signer.fingerprint}. Ask the signer again by another way than the pack.`;
    return { ...first, summary };
  }
  if (signer.comparable === undefined) return first;
  return verify([{ identity: signer.comparable, fingerprint, comparedAt: now }]);
}

function comparisonOf({ verdict, signer }: Verification): KeyComparison | null {
  if (verdict !== 'unpinned' || signer?.comparable === undefined) return null;
  const { fingerprint, comparable: identity } = signer;
  return {
    identity,
    fingerprint,
    hexGroups: hexGroupsOf(fingerprint),
    words: wordsOf(fingerprint).join(' '),
  };
}

const timestampCheckName = 'timestamps';
const timestampsElsewhere =
  'The pack holds a timestamp that this page cannot check, so every time of signing is taken as a claim. Check it with countersign verify --tsa-ca, or with openssl as VERIFY.txt shows.';

const printElsewhere =
  'The page report.html was drawn again from the data and is the same. The printed report.pdf cannot be drawn on this page: it is what was signed, and “countersign verify” compares what it says.';

/** A check that was passed over must not read like one that was passed. */
function sayingWhatIsLeft(verification: Verification, sawTimestamps: boolean): Verification {
  if (!sawTimestamps) return verification;
  const checks = verification.checks.map((check) =>
    check.name === timestampCheckName && check.ok ? { ...check, detail: timestampsElsewhere } : check,
  );
  return { ...verification, checks };
}

/**
 * Never rejects for what the pack or the lists are.
 * @param onProgress told the step and its share from 0 to 1
 */
export async function answerQuestion(
  question: PageQuestion<Blob>,
  onProgress: Progress,
): Promise<PageAnswer> {
  try {
    const { options, notes, inputs } = await trustGiven(question);
    let sawTimestamps = false;
    const timestamps: TrustOptions['timestamps'] = (asked) => {
      sawTimestamps = true;
      return noTimestampJudge(asked);
    };
    const { kind } = question.pack;
    const pack: PackUnderTest = packToVerify(question.pack);
    const packHash = kind === 'zip' ? await hashOf(question.pack.content, onProgress) : null;
    const watch = {
      onProgress: (step: string, done: number, total: number) => onProgress(step, done / total),
    };
    const verify = (firstUse: TrustOptions['firstUse']) =>
      verifyEvidence(pack, { ...options, firstUse, timestamps }, watch);
    const judged = await withCompared(await verify([]), question.compared, question.now, verify);
    return {
      kind: 'verified',
      verification: sayingWhatIsLeft(judged, sawTimestamps),
      notChecked: sawTimestamps ? [timestampCheckName] : [],
      notes: judged.report === 'drawn-again' ? [...notes, printElsewhere] : notes,
      comparison: comparisonOf(judged),
      inputs: { pack: packHash, ...inputs },
    };
  } catch (error) {
    if (error instanceof Problem) return { kind: 'problem', message: error.message, next: error.next };
    throw error;
  }
}
