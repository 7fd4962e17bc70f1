// Whom this workspace believes about signers: the organisation's list by its root key, keys compared by hand, and a timestamp service.
import { useQuery } from '@tanstack/react-query';
import type { TrustOverview } from '#shared/model/trust.ts';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { useApi } from '../../domain/api.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { ForgetKeyForm } from './forget-key-form.tsx';
import { ReplaceRoot, RootForm } from './root-form.tsx';
import { SignerListForm } from './signer-list-form.tsx';
import { TimestampForm } from './timestamp-form.tsx';
import styles from './trust-panel.module.css';

export function TrustPanel() {
  const { orpc } = useApi();
  const trust = useQuery(orpc.trust.get.queryOptions());
  return (
    <Panel title="Whom to believe">
      <ProblemNotice error={trust.error} />
      {trust.data !== undefined && <Trust trust={trust.data} />}
    </Panel>
  );
}

function Trust({ trust }: { trust: TrustOverview }) {
  const { root, list, firstUse, timestamps } = trust;
  return (
    <>
      <section className={styles.section} aria-label="Organisation’s list of signers">
        <h3>The organisation’s list of signers</h3>
        {root === null ? (
          <p className={styles.note}>
            Without a list every verification needs one by hand. Pin the root key that signs your
            organisation’s lists; get it by another way than the packs.
          </p>
        ) : (
          <Facts facts={[{ name: 'Root key', value: <code>{root.fingerprint}</code> }]} />
        )}
        {list !== null && <HeldList list={list} />}
        {root === null ? <RootForm /> : <SignerListForm />}
        {root !== null && <ReplaceRoot hasList={list !== null} />}
      </section>
      {firstUse.length > 0 && (
        <section className={styles.section} aria-label="Keys compared on first use">
          <h3>First use: keys compared by you</h3>
          <p className={styles.note}>Nobody but you vouches for them. A changed key is an alarm.</p>
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
      <section className={styles.section} aria-label="Timestamps">
        <h3>Timestamps</h3>
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
          { name: 'Version', value: list.version },
          { name: 'Issued', value: list.issued },
          { name: 'Valid until', value: list.validUntil ?? 'no end' },
          { name: 'Revoked keys', value: list.revokedSha256 === null ? 'no list' : 'held with it' },
        ]}
      />
      <ul className={styles.list} aria-label="Signers on the list">
        {list.lines.map((line) => (
          <li key={`${line.principals} ${line.fingerprint} ${line.validAfter ?? ''}`}>
            <p>
              <bdi>{line.principals}</bdi>
              {line.validAfter !== null && (
                <>
                  , from <InstantText instant={line.validAfter} />
                </>
              )}
              {line.validBefore !== null && (
                <>
                  , until <InstantText instant={line.validBefore} />
                </>
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
