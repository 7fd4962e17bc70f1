// A key in the ways people compare it: as words to read out, as hex, and as the fingerprint itself.
import { useQuery } from '@tanstack/react-query';
import { Facts } from '../components/facts.tsx';
import { text } from '../texts/text.ts';
import { useApi } from './api.ts';
import styles from './fingerprint-comparison.module.css';
import { ProblemNotice } from './problem-notice.tsx';

/** Whether the words are there to be compared. */
export function useComparison(fingerprint: string) {
  const { orpc } = useApi();
  return useQuery(orpc.trust.compare.queryOptions({ input: { fingerprint } }));
}

export function FingerprintComparison({ fingerprint }: { fingerprint: string }) {
  const { data, error } = useComparison(fingerprint);
  if (data === undefined) return <ProblemNotice error={error} />;
  return (
    <>
      <ol className={styles.words} translate="no" lang="en">
        {data.words.map((word, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a word may come twice, and only its place tells which it is
          <li key={index}>{word}</li>
        ))}
      </ol>
      <Facts
        facts={[
          { name: text('domain:fingerprint.hex'), value: <code>{data.hex}</code> },
          { name: text('domain:fingerprint.whole'), value: <code>{fingerprint}</code> },
        ]}
      />
    </>
  );
}
