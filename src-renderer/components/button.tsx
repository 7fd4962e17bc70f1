// A button in one of four weights, with an optional icon and key hint.
import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './button.module.css';
import { KeyHint } from './key-hint.tsx';

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> & {
  weight?: 'primary' | 'secondary' | 'quiet' | 'danger' | undefined;
  size?: 'normal' | 'small' | undefined;
  icon?: LucideIcon | undefined;
  keyHint?: string | undefined;
  submits?: boolean | undefined;
  children?: ReactNode;
};

export function Button({
  weight = 'secondary',
  size = 'normal',
  icon: Icon,
  keyHint,
  submits = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  const classes = [
    styles.button,
    styles[weight],
    styles[size],
    children === undefined && styles.bare,
    className,
  ];
  return (
    <button type={submits ? 'submit' : 'button'} className={classes.filter(Boolean).join(' ')} {...rest}>
      {Icon !== undefined && <Icon className={styles.icon} aria-hidden="true" />}
      {children !== undefined && <span>{children}</span>}
      {keyHint !== undefined && <KeyHint keys={keyHint} />}
    </button>
  );
}
