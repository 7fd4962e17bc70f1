// A list with what is chosen beside it; below it, and brought into sight, where there is no room for both.
import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { Button } from '../../../components/button.tsx';
import { text } from '../../../texts/text.ts';
import styles from './follow-up.module.css';

type WorkProps = {
  list: ReactNode;
  /** Names what is chosen; null for nothing. */
  chosen: string | null;
  children: ReactNode;
  detailRef: RefObject<HTMLElement | null>;
  /** What the detail is called when it is read out. */
  label?: string;
};

/** So much of the detail is to be seen, in pixels, when something is chosen. */
const leastInSight = 140;

export function Work({ list, chosen, children, detailRef, label = text('detail') }: WorkProps) {
  const whole = useRef<HTMLDivElement>(null);
  const before = useRef(chosen);
  useEffect(() => {
    if (before.current === chosen) return;
    before.current = chosen;
    const top = detailRef.current?.getBoundingClientRect().top ?? 0;
    if (chosen !== null && top > globalThis.innerHeight - leastInSight) bringUp(whole.current);
  }, [chosen, detailRef]);
  const back = () => {
    bringUp(whole.current);
    whole.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  };
  return (
    <div ref={whole} className={styles.work}>
      <div className={styles.frame}>{list}</div>
      <aside ref={detailRef} className={styles.detail} aria-label={label} tabIndex={-1}>
        {chosen !== null && (
          <div className={styles.back}>
            <Button size="small" icon={ArrowLeft} onClick={back}>
              {text('backToList')}
            </Button>
          </div>
        )}
        {children}
      </aside>
    </div>
  );
}

/** Scrolls the screen, and nothing around it, until the element stands at its top. */
function bringUp(element: HTMLElement | null): void {
  const screen = element?.closest('main');
  if (!element || !screen) return;
  screen.scrollBy({ top: element.getBoundingClientRect().top - screen.getBoundingClientRect().top });
}
