// A sentence in which our words are quiet and the values of the database stand out, each kept in its own direction.
import { shortened } from '../components/shortened.ts';
import { visibleText } from '../components/visible-text.ts';
import type { SentencePart } from './event-words.ts';
import styles from './sentence.module.css';

/** The facts beside a sentence hold its values in full. */
const mostOfValue = 120;

export function Sentence({ parts }: { parts: readonly SentencePart[] }) {
  return (
    <p className={styles.sentence}>
      <SentenceParts parts={parts} />
    </p>
  );
}

/** The same within a line of something else. */
export function SentenceParts({
  parts,
  most = mostOfValue,
}: {
  parts: readonly SentencePart[];
  /** Characters of a value; where nothing else holds it in full, there is no limit. */
  most?: number;
}) {
  return parts.map((part, index) =>
    // oxlint-disable-next-line react/no-array-index-key -- parts have no identity but their place
    part.isValue ? (
      <bdi key={index} className={styles.value} title={part.text}>
        {shortened(visibleText(part.name ?? part.text), most)}
      </bdi>
    ) : (
      part.text
    ),
  );
}
