// Says what the colours of the heatmap mean, the scale by name included.
import { legendCounts, type Rgb } from '#shared/charts/heat-scale.ts';
import { formatCount } from '../domain/count-words.ts';
import { text } from '../texts/text.ts';
import { changeWords, mostDoublings } from './heat-change.ts';
import type { HeatPaint, HeatScale } from './heat-colour.ts';
import styles from './heat-legend.module.css';

type Step = { label: string; colour: Rgb };

type HeatLegendProps = { title: string; steps: readonly Step[]; hasGaps: boolean };

function HeatLegend({ title, steps, hasGaps }: HeatLegendProps) {
  return (
    <fieldset className={styles.legend} aria-label={text('heatmap:legend.label')}>
      <span>{title}</span>
      <ul className={styles.steps}>
        {steps.map(({ label, colour: [red, green, blue] }) => (
          <li key={label} className={styles.step}>
            <svg width={22} height={12} aria-hidden="true">
              <rect className={styles.swatch} width={22} height={12} fill={`rgb(${red} ${green} ${blue})`} />
            </svg>
            {label}
          </li>
        ))}
        {hasGaps && (
          <li className={styles.step}>
            <span className={styles.gap} aria-hidden="true" />
            {text('heatmap:legend.gap')}
          </li>
        )}
      </ul>
    </fieldset>
  );
}

type CountLegendProps = { scale: HeatScale; highest: number; hasGaps: boolean; paint: HeatPaint };

export function CountLegend({ scale, highest, hasGaps, paint }: CountLegendProps) {
  const steps =
    scale === 'row'
      ? [0, 0.01, 0.25, 0.5, 0.75, 1].map((share) => ({
          label: share === 0.01 ? '> 0 %' : `${share * 100} %`,
          colour: paint(share, 1),
        }))
      : countsOf(scale, highest).map((count) => ({
          label: formatCount(count),
          colour: paint(count, highest),
        }));
  return <HeatLegend title={text(`heatmap:legend.${scale}`)} steps={steps} hasGaps={hasGaps} />;
}

function countsOf(scale: HeatScale, highest: number): number[] {
  if (scale === 'log') return [0, ...legendCounts(highest)];
  const quarters = [0.25, 0.5, 0.75, 1].map((share) => Math.round(highest * share));
  return [...new Set([0, ...(highest === 0 ? [] : [1]), ...quarters])].toSorted((a, b) => a - b);
}

export function ChangeLegend({ paint, hasGaps }: { paint: HeatPaint; hasGaps: boolean }) {
  const doublings = Array.from({ length: 2 * mostDoublings + 1 }, (_, index) => index - mostDoublings);
  const steps = doublings.map((change) => ({ label: changeWords(change), colour: paint(change, 0) }));
  return <HeatLegend title={text('heatmap:legend.change')} steps={steps} hasGaps={hasGaps} />;
}
