// A value of the row before or after a change; a moment is shown as one where it can be placed in time.
import type { ReviewField } from '#shared/model/review-history.ts';
import { instant } from '#shared/time/instant.ts';
import { FullValue } from '../../components/full-value.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { text } from '../../texts/text.ts';

const moments: readonly ReviewField[] = ['dueAt', 'reviewedAt'];

export function ChangedValue({
  field,
  name,
  value,
}: {
  field: ReviewField;
  name: string;
  value: string | null;
}) {
  if (moments.includes(field) && instant.safeParse(value).success)
    return <InstantText instant={value} precision="microsecond" withOffset />;
  return <FullValue name={name} value={value} missing={text('conflicts:nothing')} />;
}
