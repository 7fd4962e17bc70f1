// What was revealed, the file to give away, and what holding it against the pack showed.
import type { RevealReport } from '#shared/model/redaction.ts';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { countWords } from '../../domain/count-words.ts';
import { TakePack } from './take-pack.tsx';
import styles from './trust-panel.module.css';

export function RevealedFacts({ report }: { report: RevealReport }) {
  const { file, name, values, unknown, proof } = report;
  return (
    <section className={styles.section} aria-label="Revealed values">
      <Notice tone="good" title={`${countWords(values, 'value')} revealed, for those who get this file.`}>
        <p>{proof}</p>
      </Notice>
      {unknown > 0 && (
        <Notice
          tone="warning"
          title={`${countWords(unknown, 'hidden value')} of these rows are not known here and stay hidden.`}
        >
          <p>The full pack tells them; put it back into the packs folder.</p>
        </Notice>
      )}
      <Facts
        facts={[
          { name: 'File', value: <bdi>{name}</bdi>, title: file },
          { name: 'Verified with', value: <code>{`countersign verify PACK.zip --reveal ${name}`}</code> },
        ]}
      />
      <TakePack name={name} />
    </section>
  );
}
