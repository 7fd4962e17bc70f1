// One refresh: where its time went, stage by stage, and what it found.
import type { RefreshRecord } from '#shared/model/source-health.ts';
import { Bar } from '../../charts/bar.tsx';
import { Facts } from '../../components/facts.tsx';
import { Panel } from '../../components/panel.tsx';
import { formatCount } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { briefWords } from './brief-words.ts';
import styles from './refreshes-section.module.css';
import { stageShares } from './stage-shares.ts';

export function RefreshStages({ refresh }: { refresh: RefreshRecord }) {
  return (
    <Panel
      title={text('sources:refreshes.stages')}
      note={
        <Rich
          of="sources:refreshes.stagesOf"
          parts={{ at: <InstantText instant={refresh.finishedAt} precision="second" /> }}
        />
      }
    >
      {refresh.stages === undefined ? (
        <p className={styles.note}>{text('sources:refreshes.noStages')}</p>
      ) : (
        <Stages stages={refresh.stages} totalMs={refresh.ms} />
      )}
      <Facts
        columns={2}
        facts={[
          { name: text('sources:refreshes.asOf'), value: <InstantText instant={refresh.asOf} /> },
          { name: text('sources:refreshes.pulled'), value: formatCount(refresh.pulled) },
          { name: text('sources:refreshes.duplicates'), value: formatCount(refresh.duplicates) },
          { name: text('sources:refreshes.mirrored'), value: formatCount(refresh.events) },
          { name: text('sources:refreshes.serverCount'), value: formatCount(refresh.serverCount) },
          { name: text('sources:refreshes.vanished'), value: formatCount(refresh.vanished) },
        ]}
      />
    </Panel>
  );
}

type StagesProps = { stages: NonNullable<RefreshRecord['stages']>; totalMs: number };

function Stages({ stages, totalMs }: StagesProps) {
  return (
    <table className={styles.table} aria-label={text('sources:refreshes.stages')}>
      <thead>
        <tr>
          <th scope="col">{text('sources:refreshes.step')}</th>
          <th scope="col" className={styles.number}>
            {text('sources:refreshes.took')}
          </th>
          <th scope="col" className={styles.share}>
            {text('sources:refreshes.share')}
          </th>
          <th scope="col" className={styles.number}>
            {text('sources:refreshes.amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {stageShares(stages, totalMs).map(({ step, milliseconds, percent, done, unit }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a step may come twice, and only its place tells which it is
          <tr key={index}>
            <th scope="row">{step ?? text('sources:refreshes.unaccounted')}</th>
            <td className={styles.number}>{briefWords(milliseconds)}</td>
            <td className={styles.share} title={`${percent.toFixed(0)} %`}>
              <Bar length={percent} />
            </td>
            <td className={styles.number}>{unit === '' ? '–' : `${formatCount(done)} ${unit}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
