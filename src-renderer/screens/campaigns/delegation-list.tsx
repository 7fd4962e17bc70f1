// Who stands in for whom, from when to when, and who said so.
import type { Delegation } from '#shared/model/campaign.ts';
import { visibleText } from '../../components/visible-text.ts';
import { InstantText } from '../../domain/instant.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './about-section.module.css';

type DelegationListProps = { delegations: readonly Delegation[]; nameOf: (id: string) => string };

export function DelegationList({ delegations, nameOf }: DelegationListProps) {
  return (
    <>
      <h3>{text('campaigns:about.delegations')}</h3>
      {delegations.length === 0 && <p className={styles.muted}>{text('campaigns:about.noDelegations')}</p>}
      <ul className={styles.delegations}>
        {delegations.map(({ from, to, validFrom, validTo, by, reason, ended }) => (
          <li key={`${from} ${to} ${validFrom} ${validTo}`}>
            <p>
              <Rich
                of="campaigns:about.delegation"
                parts={{
                  to: <bdi>{visibleText(nameOf(to))}</bdi>,
                  from: <bdi>{visibleText(nameOf(from))}</bdi>,
                  begin: <InstantText instant={validFrom} />,
                  end: <InstantText instant={validTo} />,
                }}
              />
            </p>
            <span className={styles.muted}>
              {text('campaigns:about.delegatedBy', {
                name: visibleText(nameOf(by)),
                reason: visibleText(reason),
              })}
            </span>
            {ended !== undefined && (
              <span className={styles.muted}>
                {text('campaigns:about.endedEarly', {
                  name: visibleText(nameOf(ended.by)),
                  reason: visibleText(ended.reason),
                })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
