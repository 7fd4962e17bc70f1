// The field above a list in which somebody types what they look for.
import { Search } from 'lucide-react';
import type { InputHTMLAttributes, RefObject } from 'react';
import styles from './search-field.module.css';

type SearchFieldProps = Omit<
  InputHTMLAttributes<HTMLInputElement>,
  'type' | 'className' | 'width' | 'onChange'
> & {
  input: RefObject<HTMLInputElement | null>;
  label: string;
  /** Least and most pixels it takes of its line. */
  width: readonly [least: number, most: number];
  /** Whether Enter and Escape give the keys back to the list. */
  isLeftByKey?: boolean;
  onSearch: (text: string) => void;
};

export function SearchField({ input, label, width, isLeftByKey, onSearch, ...rest }: SearchFieldProps) {
  const [minWidth, maxWidth] = width;
  return (
    <div className={styles.search} style={{ minWidth, maxWidth }}>
      <Search className={styles.icon} aria-hidden="true" />
      <input
        ref={input}
        type="search"
        className={styles.input}
        aria-label={label}
        onChange={({ target }) => onSearch(target.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (isLeftByKey === true && (key === 'Escape' || key === 'Enter')) currentTarget.blur();
        }}
        {...rest}
      />
    </div>
  );
}
