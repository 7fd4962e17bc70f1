// The frame of a small drawing that fills its width, whatever that is; the words of its figure say what it shows.
import type { ReactNode } from 'react';

type StretchedDrawingProps = {
  /** What it shows, in words. */
  label: string;
  width: number;
  height: number;
  className: string | undefined;
  /** Shapes of the drawing. */
  children: ReactNode;
  /** What stands below it, in sight only. */
  below?: ReactNode;
};

export function StretchedDrawing(props: StretchedDrawingProps) {
  const { label, width, height, className, children, below } = props;
  return (
    <figure aria-label={label}>
      <svg
        className={className}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {children}
      </svg>
      {below}
    </figure>
  );
}
