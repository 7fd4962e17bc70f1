// A key nobody vouches for: compare it with its owner by another way, and say how that was done.
import { TextField } from '../components/field.tsx';
import { Rich } from '../texts/rich.tsx';
import { text } from '../texts/text.ts';
import styles from './campaign-file-intake.module.css';
import { FileDrop } from './file-drop.tsx';
import { FingerprintComparison } from './fingerprint-comparison.tsx';

export type KeyWord = { isCompared: boolean; reason: string };

type AcceptKeyProps = {
  signer: { identity: string; fingerprint: string };
  word: KeyWord;
  onWord: (word: KeyWord) => void;
  /** A list of allowed signers, by which the file is judged anew. */
  onSigners: (list: File) => void;
};

export function AcceptKey({ signer: { identity, fingerprint }, word, onWord, onSigners }: AcceptKeyProps) {
  const name = <bdi>{identity}</bdi>;
  return (
    <section className={styles.accept} aria-label={text('campaignFiles:accept.title')}>
      <h3>{text('campaignFiles:accept.title')}</h3>
      <p>
        <Rich of="campaignFiles:accept.ask" parts={{ name }} />
      </p>
      <FingerprintComparison fingerprint={fingerprint} />
      <label className={styles.compared}>
        <input
          type="checkbox"
          checked={word.isCompared}
          onChange={(event) => onWord({ ...word, isCompared: event.target.checked })}
        />
        <span>
          <Rich of="campaignFiles:accept.compared" parts={{ name }} />
        </span>
      </label>
      <TextField
        label={text('campaignFiles:accept.reason')}
        hint={text('campaignFiles:accept.reasonHint')}
        maxLength={1000}
        value={word.reason}
        onChange={(event) => onWord({ ...word, reason: event.target.value })}
      />
      <details className={styles.list}>
        <summary>{text('campaignFiles:accept.haveList')}</summary>
        <FileDrop
          label={text('campaignFiles:accept.list')}
          file={null}
          onFile={(list) => list !== null && onSigners(list)}
        />
      </details>
    </section>
  );
}
