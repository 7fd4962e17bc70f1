// Lets a style carry CSS custom properties.
import 'react';

declare module 'react' {
  interface CSSProperties {
    [name: `--${string}`]: string;
  }
}
