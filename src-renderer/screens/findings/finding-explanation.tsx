// A finding explained: each question a reviewer has, with its answer.
import type { Explanation, Finding } from '#shared/model/finding.ts';
import { Notice } from '../../components/notice.tsx';
import { markEvery } from '../../domain/event-words.ts';
import { Sentence } from '../../domain/sentence.tsx';
import { text } from '../../texts/text.ts';
import styles from './finding-explanation.module.css';

/** In the order in which they are asked: what everybody wants to know, and what one asks then. */
const questions = {
  first: ['what', 'expected', 'unusual', 'confidence'],
  further: ['comparedWith', 'alsoSeen', 'method', 'wouldChange'],
} as const satisfies Record<string, readonly (keyof Explanation)[]>;

type AnswersProps = { finding: Finding; which: keyof typeof questions };

/** A question the detector has nothing to say to is left out. */
function Answers({ finding, which }: AnswersProps) {
  const { explanationParts, action, actorName, actor, entity } = finding;
  const values = [action, actor, actorName ?? '', entity.value];
  const names = new Map(actorName === null || actorName === '' ? [] : [[actor, actorName]]);
  const answered = questions[which].flatMap((part) => {
    const answer = explanationParts[part];
    return answer === null || answer === '' ? [] : [{ part, answer }];
  });
  if (answered.length === 0) return null;
  const label = text(which === 'first' ? 'findings:explanation.label' : 'findings:explanation.further');
  return (
    <dl className={styles.answers} aria-label={label}>
      {answered.map(({ part, answer }) => (
        <div key={part} className={part === 'what' ? styles.first : styles.pair}>
          <dt className={styles.question}>{text(`findings:explanation.${part}`)}</dt>
          <dd>
            <Sentence parts={markEvery(answer, values, names)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function FindingExplanation({ finding }: { finding: Finding }) {
  const later = saidLater(finding);
  return (
    <>
      <Answers finding={finding} which="first" />
      {later !== '' && (
        <Notice tone="info" title={text('findings:explanation.late')}>
          <p>{later}</p>
        </Notice>
      )}
    </>
  );
}

/** Compared with what, how, and what would have to be different. */
export function FurtherExplanation({ finding }: { finding: Finding }) {
  return <Answers finding={finding} which="further" />;
}

/** What the paragraph says beyond what was found: late events may have explained it away. */
function saidLater({ explanation, explanationParts: { what, expected, unusual } }: Finding): string {
  const found = [what, expected, unusual].filter((part) => part !== null).join(' ');
  return explanation.startsWith(found) ? explanation.slice(found.length).trim() : '';
}
