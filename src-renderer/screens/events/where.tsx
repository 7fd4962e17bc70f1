// How many events there are, how far they are counted, and which of them are in sight.
import { Button } from '../../components/button.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './events-screen.module.css';
import type { CountedEvents } from './use-event-summary.ts';

type WhereProps = {
  counted: CountedEvents;
  inSight: { from: string; to: string; isAbout: boolean } | null;
  sight: { first: number; end: number };
  /** What is held in the chart, in words. */
  held: string;
};

/** How many there are, how far they are counted, and which of them are in sight. */
export function Where({ counted, inSight, sight, held }: WhereProps) {
  const { summary, isOfBefore, stop, share } = counted;
  const isKnown = summary !== undefined && !isOfBefore;
  return (
    <div className={styles.where}>
      <output className={styles.total} aria-label={text('events:howMany')}>
        {isKnown &&
          text(summary.isExact ? 'events:total' : 'events:atLeast', {
            events: text('events:events', { count: summary.total }),
          })}
      </output>
      {isKnown && !summary.isExact && (
        <>
          <ProgressBar
            label={text('events:counting')}
            share={share}
            text={text('events:countingShare', { percent: Math.floor(share * 100) })}
          />
          {summary.countedFrom !== null && (
            <span>
              <Rich of="events:countedFrom" parts={{ from: <InstantText instant={summary.countedFrom} /> }} />
            </span>
          )}
          {stop !== null && (
            <Button size="small" weight="quiet" onClick={stop}>
              {text('events:stopCounting')}
            </Button>
          )}
        </>
      )}
      <output aria-label={text('events:chart.readOut')}>{held}</output>
      {inSight !== null && (
        <span className={styles.inSight}>
          <Rich
            of={inSight.isAbout ? 'events:inSightAbout' : 'events:inSight'}
            values={{
              first: text('events:number', { count: sight.first + 1 }),
              last: text('events:number', { count: sight.end }),
            }}
            parts={{ from: <InstantText instant={inSight.from} />, to: <InstantText instant={inSight.to} /> }}
          />
        </span>
      )}
    </div>
  );
}
