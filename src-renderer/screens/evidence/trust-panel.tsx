// Whom this workspace believes about signers: the organisation's list by its root key, keys compared by hand, and a timestamp service.
import { useQuery } from '@tanstack/react-query';
import type { TrustOverview } from '#shared/model/trust.ts';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { useApi } from '../../domain/api.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { WaitingKeys } from './waiting-keys.tsx';
import { ForgetKeyForm } from './forget-key-form.tsx';
import { ReplaceRoot, RootForm } from './root-form.tsx';
import { SignerListForm } from './signer-list-form.tsx';
import { TimestampForm } from './timestamp-form.tsx';
import styles from './trust-panel.module.css';

export function TrustPanel() {
  const { orpc } = useApi();
  const trust = useQuery(orpc.trust.get.queryOptions());
  return (
    <Panel title={text('evidence:trust.title')}>
      <ProblemNotice error={trust.error} />
      {trust.data !== undefined && <Trust trust={trust.data} />}
    </Panel>
  );
}

function Trust({ trust }: { trust: TrustOverview }) {
  const { root, list, firstUse, timestamps } = trust;
  return (
    <>
      <section className={styles.section} aria-label={text('evidence:trust.list')}>
        <h3>{text('evidence:trust.listTitle')}</h3>
        {root === null ? (
          <p className={styles.note}>{text('evidence:trust.noList')}</p>
        ) : (
          <Facts facts={[{ name: text('evidence:trust.root'), value: <code>{root.fingerprint}</code> }]} />
        )}
        {list !== null && <HeldList list={list} />}
        {root === null ? <RootForm /> : <SignerListForm />}
        {root !== null && <ReplaceRoot hasList={list !== null} />}
      </section>
      <WaitingKeys list={list} />
      {firstUse.length > 0 && (
        <section className={styles.section} aria-label={text('evidence:trust.firstUse')}>
          <h3>{text('evidence:trust.firstUseTitle')}</h3>
          <p className={styles.note}>{text('evidence:trust.firstUseMeaning')}</p>
          <ul className={styles.list}>
            {firstUse.map(({ identity, fingerprint, comparedAt }) => (
              <li key={identity}>
                <p>
                  <bdi>{identity}</bdi>, <InstantText instant={comparedAt} />
                </p>
                <p className={styles.note}>
                  <code>{fingerprint}</code>
                </p>
                <ForgetKeyForm identity={identity} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className={styles.section} aria-label={text('evidence:trust.timestamps')}>
        <h3>{text('evidence:trust.timestamps')}</h3>
        <TimestampForm service={timestamps} />
      </section>
    </>
  );
}

function HeldList({ list }: { list: NonNullable<TrustOverview['list']> }) {
  return (
    <>
      {list.problem !== null && <Notice tone="danger" title={list.problem} />}
      <Facts
        facts={[
          { name: text('evidence:trust.version'), value: list.version },
          { name: text('evidence:trust.issued'), value: list.issued },
          { name: text('evidence:trust.validUntil'), value: list.validUntil ?? text('evidence:trust.noEnd') },
          {
            name: text('evidence:trust.revoked'),
            value:
              list.revokedSha256 === null ? text('evidence:trust.noRevoked') : text('evidence:trust.held'),
          },
        ]}
      />
      <ul className={styles.list} aria-label={text('evidence:trust.signers')}>
        {list.lines.map((line) => (
          <li key={`${line.principals} ${line.fingerprint} ${line.validAfter ?? ''}`}>
            <p>
              <bdi>{line.principals}</bdi>
              {line.validAfter !== null && (
                <Rich of="evidence:list.from" parts={{ when: <InstantText instant={line.validAfter} /> }} />
              )}
              {line.validBefore !== null && (
                <Rich of="evidence:list.until" parts={{ when: <InstantText instant={line.validBefore} /> }} />
              )}
            </p>
            <p className={styles.note}>
              <code>{line.fingerprint}</code>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
