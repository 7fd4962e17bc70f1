// The indent of a row in a tree, and the arrow that opens it. The row itself tells assistive technology whether it is open.
import { ChevronDown, ChevronRight } from 'lucide-react';
import type { TreePlace } from './grid-table.ts';
import styles from './tree-marker.module.css';

export function TreeMarker({ place: { level, isExpanded } }: { place: TreePlace }) {
  const Icon = isExpanded === true ? ChevronDown : ChevronRight;
  return (
    <span className={styles.marker} data-level={Math.min(level, 3)} aria-hidden="true">
      {isExpanded !== null && (
        <span className={styles.arrow} data-marker="">
          <Icon className={styles.icon} />
        </span>
      )}
    </span>
  );
}
