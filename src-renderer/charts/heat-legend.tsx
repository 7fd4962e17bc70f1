// Says what the colours of the heatmap mean, the scale by name included.
import { legendCounts, type Rgb } from '#shared/charts/heat-scale.ts';
import { formatCount } from '../domain/count-words.ts';
import styles from './heat-legend.module.css';

type HeatLegendProps = { highest: number; hasGaps: boolean; colour: (count: number) => Rgb };

export function HeatLegend({ highest, hasGaps, colour }: HeatLegendProps) {
  return (
    <fieldset className={styles.legend} aria-label="Colour scale">
      <span>Events per cell, logarithmic scale</span>
      <ul className={styles.steps}>
        {[0, ...legendCounts(highest)].map((count) => {
          const [red, green, blue] = colour(count);
          return (
            <li key={count} className={styles.step}>
              <svg width={22} height={12} aria-hidden="true">
                <rect
                  className={styles.swatch}
                  width={22}
                  height={12}
                  fill={`rgb(${red} ${green} ${blue})`}
                />
              </svg>
              {formatCount(count)}
            </li>
          );
        })}
        {hasGaps && (
          <li className={styles.step}>
            <span className={styles.gap} aria-hidden="true" />
            not covered
          </li>
        )}
      </ul>
    </fieldset>
  );
}
