// One sample: how it was drawn, how to draw it again, each item with its result, and what follows.
import { useQuery } from '@tanstack/react-query';
import type { AuditSample } from '#shared/model/work-papers.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { ScrollText } from '../../components/scroll-region.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { useApi } from '../../domain/api.ts';
import { formatCount } from '../../domain/count-words.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './audit-screen.module.css';
import { SampleItem } from './sample-item.tsx';

type SamplePanelProps = { sample: AuditSample; isLookOnly: boolean };

export function SamplePanel({ sample, isLookOnly }: SamplePanelProps) {
  const { plan, counts, assessment } = sample;
  const tone = counts.untested > 0 ? 'info' : assessment?.isSupported === false ? 'warning' : 'good';
  return (
    <Panel title={text('audit:sample.title', { reference: sample.reference })}>
      <p className={styles.text} dir="auto">
        {visibleText(sample.purpose)}
      </p>
      <Notice tone={tone} title={sample.conclusion} />
      <p>{sample.derivation}</p>
      <Facts
        facts={[
          { name: text('audit:sample.population'), value: formatCount(plan.populationSize) },
          {
            name: text('audit:sample.sha256'),
            value: <code className={styles.hash}>{plan.populationSha256}</code>,
          },
          {
            name: text('audit:sample.seed'),
            value:
              plan.seedSource === 'population' ? (
                text('audit:sample.seedPopulation')
              ) : (
                <>
                  <Rich of="audit:sample.seedGiven" parts={{ seed: <Verbatim value={plan.seed} /> }} />
                </>
              ),
          },
          { name: text('audit:sample.drawn'), value: formatCount(plan.size) },
        ]}
      />
      <Redraw sample={sample} />
      <section className={styles.section} aria-label={text('audit:sample.items')}>
        <h3>{text('audit:sample.items')}</h3>
        <ol className={styles.items}>
          {sample.items.map((item) => (
            <SampleItem
              key={`${item.key} ${item.results.length}`}
              sample={sample}
              item={item}
              isLookOnly={isLookOnly}
            />
          ))}
        </ol>
      </section>
    </Panel>
  );
}

function Redraw({ sample }: { sample: AuditSample }) {
  const { orpc } = useApi();
  const redraw = useQuery(
    orpc.audit.redraw.queryOptions({ input: { sample: sample.id }, staleTime: Infinity }),
  );
  return (
    <details>
      <summary>{text('audit:sample.again')}</summary>
      <ProblemNotice error={redraw.error} />
      {redraw.data !== undefined && (
        <div className={styles.form}>
          <div>
            <CopyButton text={redraw.data.commands} label={text('evidence:result.copy')} />
          </div>
          <ScrollText label={text('audit:sample.commands')} text={redraw.data.commands} />
        </div>
      )}
    </details>
  );
}
