// A text with something in its gaps that is more than text: an instant, a name as it was recorded.
import type { ParseKeys } from 'i18next';
import type { ReactElement } from 'react';
import { Trans } from 'react-i18next';
import { namespaces } from './text.ts';

type RichProps = {
  of: ParseKeys<typeof namespaces>;
  /** What stands in `{{gaps}}`. */
  values?: Record<string, string | number>;
  /** What stands in `<gaps/>`. */
  parts: Record<string, ReactElement>;
};

export function Rich({ of, values = {}, parts }: RichProps) {
  return <Trans i18nKey={of} ns={namespaces} values={values} components={parts} shouldUnescape={false} />;
}
