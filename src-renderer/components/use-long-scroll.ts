// Moves through a long list: by its scroll bar, by the wheel, and by being told where to go.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { isScaled, scrollAt, topAt } from './long-scroll.ts';
import type { LongScroll } from './long-scroll.ts';

export type ScrollPlace = {
  /** The first row in sight, a part of it scrolled away is a fraction. */
  top: number;
  show: (top: number) => void;
};

/** Keeps the scroll bar and the rows together, however much of the list a pixel of the bar stands for. */
export function useLongScroll(scroller: RefObject<HTMLDivElement | null>, list: LongScroll): ScrollPlace {
  const [top, setTop] = useState(0);
  const own = useRef(0);
  const latest = useRef({ list, top });
  useLayoutEffect(() => {
    latest.current = { list, top };
  });
  const show = (wanted: number) => {
    const element = scroller.current;
    if (element === null || wanted === latest.current.top) return;
    latest.current.top = wanted;
    setTop(wanted);
    element.scrollTo({ top: scrollAt(wanted, latest.current.list), behavior: 'instant' });
    own.current = element.scrollTop;
  };
  const showLatest = useRef(show);
  useLayoutEffect(() => {
    showLatest.current = show;
  });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const onScroll = () => {
      // What was scrolled here is where the rows are already, more exactly than the bar tells.
      if (Math.abs(element.scrollTop - own.current) < 1) return;
      own.current = element.scrollTop;
      setTop(topAt(element.scrollTop, latest.current.list));
    };
    const onWheel = (event: WheelEvent) => {
      const { list: now } = latest.current;
      if (!isScaled(now) || event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
      event.preventDefault();
      const pixels =
        event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * now.rowHeight : event.deltaY;
      const most = topAt(Infinity, now);
      showLatest.current(Math.min(most, Math.max(0, latest.current.top + pixels / now.rowHeight)));
    };
    element.addEventListener('scroll', onScroll);
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, [scroller]);
  // Fewer rows than before: the end is nearer.
  const most = topAt(Infinity, list);
  useLayoutEffect(() => {
    if (latest.current.top > most && latest.current.list.viewport > 0) showLatest.current(most);
  }, [most]);
  return { top: Math.min(top, most), show };
}
