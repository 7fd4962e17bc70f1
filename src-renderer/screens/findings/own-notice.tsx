// Says, before anybody tries, that a finding or anomaly is about whoever reviews here.
import { Notice } from '../../components/notice.tsx';

export function OwnNotice() {
  return <Notice tone="warning" title="This is about yourself. Somebody else must judge it." />;
}
