// The rail of screens, with their shortcuts and what waits on each.
import { Keyboard, Moon, Sun, UserRound } from 'lucide-react';
import { Button } from '../components/button.tsx';
import { KeyHint } from '../components/key-hint.tsx';
import { Spoken } from '../components/spoken.tsx';
import { formatCount } from '../domain/count-words.ts';
import { useStatus } from '../domain/workspace-status.ts';
import { useDialogs } from '../state/dialogs.ts';
import { useTheme } from '../state/theme.ts';
import { text } from '../texts/text.ts';
import styles from './navigation-rail.module.css';
import type { ScreenName } from './routes.ts';
import { addressOf, entriesFor, screenLabel, shortLabel } from './routes.ts';
import { goTo } from './use-screen.ts';

export function NavigationRail({ current }: { current: ScreenName }) {
  const status = useStatus();
  const waiting: Partial<Record<ScreenName, number>> = {
    queue: status.queueDepth,
    conflicts: status.conflicts,
    findings: status.openFindings,
  };
  return (
    <nav className={styles.rail} aria-label={text('app:rail.label')}>
      <p className={styles.brand}>
        <img src="/icon.svg" alt="" width={22} height={22} />
        <span className={styles.brandName}>{text('app:name')}</span>
      </p>
      <ul className={styles.list}>
        {entriesFor(status.audit !== undefined).map(({ screen, keys, icon: Icon }) => (
          <li key={screen} className={styles.item}>
            <a
              className={styles.entry}
              href={addressOf(screen)}
              aria-current={screen === current ? 'page' : undefined}
              aria-keyshortcuts={keys}
              title={screenLabel(screen)}
              onClick={(event) => {
                event.preventDefault();
                goTo(screen);
              }}
            >
              <Icon className={styles.icon} aria-hidden="true" />
              <span className={styles.label}>
                {shortLabel(screen) !== screenLabel(screen) && <Spoken>{screenLabel(screen)}</Spoken>}
                <span aria-hidden={shortLabel(screen) !== screenLabel(screen)}>{shortLabel(screen)}</span>
              </span>
            </a>
            <span className={styles.side}>
              {(waiting[screen] ?? 0) > 0 && (
                <span className={styles.count}>{formatCount(waiting[screen] ?? 0)}</span>
              )}
              <KeyHint keys={keys} isPlain />
            </span>
          </li>
        ))}
      </ul>
      <RailFoot reviewerName={status.reviewer?.name ?? null} />
    </nav>
  );
}

function RailFoot({ reviewerName }: { reviewerName: string | null }) {
  const { theme, choose } = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  const toOther = other === 'light' ? text('app:theme.toLight') : text('app:theme.toDark');
  return (
    <div className={styles.foot}>
      <p className={styles.reviewer} title={reviewerName ?? undefined}>
        <UserRound className={styles.icon} aria-hidden="true" />
        {reviewerName === null ? (
          <span className={styles.reviewerName}>{text('app:rail.noReviewer')}</span>
        ) : (
          <bdi className={styles.reviewerName}>{reviewerName}</bdi>
        )}
      </p>
      <div className={styles.tools}>
        <Button
          weight="quiet"
          icon={theme === 'dark' ? Sun : Moon}
          aria-label={toOther}
          title={toOther}
          onClick={() => choose(other)}
        />
        <Button
          weight="quiet"
          icon={Keyboard}
          aria-label={text('app:keys.title')}
          title={text('app:keys.hint')}
          onClick={() => useDialogs.setState({ keySheet: true })}
        />
      </div>
    </div>
  );
}
