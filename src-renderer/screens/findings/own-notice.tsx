// Says, before anybody tries, that a finding or anomaly is about whoever reviews here.
import { Notice } from '../../components/notice.tsx';
import { text } from '../../texts/text.ts';

export function OwnNotice() {
  return <Notice tone="warning" title={text('findings:detail.own')} />;
}
