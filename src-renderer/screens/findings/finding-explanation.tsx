// A finding explained: each question a reviewer has, with its answer.
import type { Explanation, Finding } from '#shared/model/finding.ts';
import { Notice } from '../../components/notice.tsx';
import { markEvery } from '../../domain/event-words.ts';
import { Sentence } from '../../domain/sentence.tsx';
import styles from './finding-explanation.module.css';

const questions: readonly { part: keyof Explanation; question: string }[] = [
  { part: 'what', question: 'What happened' },
  { part: 'expected', question: 'What is usual' },
  { part: 'unusual', question: 'How unusual' },
  { part: 'comparedWith', question: 'Compared with' },
  { part: 'alsoSeen', question: 'Also seen' },
  { part: 'confidence', question: 'Confidence' },
  { part: 'method', question: 'Method' },
  { part: 'wouldChange', question: 'What would change it' },
];

/** A question the detector has nothing to say to is left out. */
export function FindingExplanation({ finding }: { finding: Finding }) {
  const { explanationParts, action, actorName, actor, entity } = finding;
  const values = [action, actor, actorName ?? '', entity.value];
  const names = new Map(actorName === null || actorName === '' ? [] : [[actor, actorName]]);
  const later = saidLater(finding);
  return (
    <>
      <dl className={styles.answers} aria-label="Explanation">
        {questions.map(({ part, question }) => {
          const answer = explanationParts[part];
          if (answer === null || answer === '') return null;
          return (
            <div key={part} className={part === 'what' ? styles.first : styles.pair}>
              <dt className={styles.question}>{question}</dt>
              <dd>
                <Sentence parts={markEvery(answer, values, names)} />
              </dd>
            </div>
          );
        })}
      </dl>
      {later !== '' && (
        <Notice tone="info" title="Events arrived later">
          <p>{later}</p>
        </Notice>
      )}
    </>
  );
}

/** What the paragraph says beyond what was found: late events may have explained it away. */
function saidLater({ explanation, explanationParts: { what, expected, unusual } }: Finding): string {
  const found = [what, expected, unusual].filter((part) => part !== null).join(' ');
  return explanation.startsWith(found) ? explanation.slice(found.length).trim() : '';
}
