// A text with something in its gaps that is more than text: an instant, a name as it was recorded.
import type { ReactElement } from 'react';
import { Trans } from 'react-i18next';
import { namespaces, type TextKey } from './text.ts';

type RichProps = {
  of: TextKey;
  /** What stands in `{{gaps}}`; never what was recorded, which could look like a gap itself. */
  values?: Record<string, string | number>;
  /** What stands in `<gaps/>`. */
  parts: Record<string, ReactElement>;
};

export function Rich({ of, values = {}, parts }: RichProps) {
  // Its type would otherwise try every key with every gap, which is more than the compiler goes through.
  const key: string = of;
  return <Trans i18nKey={key} ns={namespaces} values={values} components={parts} shouldUnescape={false} />;
}
