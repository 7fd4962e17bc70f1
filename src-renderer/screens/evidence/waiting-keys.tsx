// Keys of this workspace that nothing vouches for yet, and whether the organisation's list could.
import { useQuery } from '@tanstack/react-query';
import type { OwnKey } from '#shared/model/keys.ts';
import type { TrustOverview } from '#shared/model/trust.ts';
import { Verbatim } from '../../components/verbatim.tsx';
import { useApi } from '../../domain/api.ts';
import { EndorseKey } from '../../domain/endorse-key.tsx';
import { standingOf } from '../../domain/key-standing.ts';
import { text } from '../../texts/text.ts';
import styles from './trust-panel.module.css';

export function WaitingKeys({ list }: { list: TrustOverview['list'] }) {
  const { orpc } = useApi();
  const keys = useQuery(orpc.keys.list.queryOptions());
  const waiting = (keys.data ?? []).filter((key) => standingOf(key) === 'none');
  if (waiting.length === 0) return null;
  return (
    <section className={styles.section} aria-label={text('evidence:trust.waiting')}>
      <h3>{text('evidence:trust.waiting')}</h3>
      <p className={styles.note}>{text('evidence:trust.waitingMeaning')}</p>
      <ul className={styles.list}>
        {waiting.map((key) => (
          <WaitingKey key={key.fingerprint} signingKey={key} list={list} />
        ))}
      </ul>
    </section>
  );
}

function WaitingKey({ signingKey, list }: { signingKey: OwnKey; list: TrustOverview['list'] }) {
  const { fingerprint, identity, holder } = signingKey;
  const isListed = list?.lines.some((line) => line.fingerprint === fingerprint) === true;
  const said = list === null ? 'noListYet' : isListed ? 'listed' : 'notListed';
  return (
    <li>
      <p>
        <Verbatim value={holder?.name ?? holder?.id ?? identity} />
      </p>
      <p className={styles.note}>
        <code>{fingerprint}</code> {text(`evidence:trust.${said}`)}
      </p>
      {isListed && <EndorseKey fingerprint={fingerprint} />}
    </li>
  );
}
