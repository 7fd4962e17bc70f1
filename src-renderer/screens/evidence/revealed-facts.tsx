// What was revealed, the file to give away, and what holding it against the pack showed.
import type { RevealReport } from '#shared/model/redaction.ts';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { text } from '../../texts/text.ts';
import { TakePack } from './take-pack.tsx';
import styles from './trust-panel.module.css';

export function RevealedFacts({ report }: { report: RevealReport }) {
  const { file, name, values, unknown, proof } = report;
  return (
    <section className={styles.section} aria-label={text('evidence:reveal.values')}>
      <Notice tone="good" title={text('evidence:reveal.revealed', { count: values })}>
        <p>{proof}</p>
      </Notice>
      {unknown > 0 && (
        <Notice tone="warning" title={text('evidence:reveal.unknown', { count: unknown })}>
          <p>{text('evidence:reveal.fullPack')}</p>
        </Notice>
      )}
      <Facts
        facts={[
          { name: text('evidence:fact.file'), value: <bdi>{name}</bdi>, title: file },
          {
            name: text('evidence:reveal.verifiedWith'),
            value: <code>{`countersign verify PACK.zip --reveal ${name}`}</code>,
          },
        ]}
      />
      <TakePack name={name} />
    </section>
  );
}
