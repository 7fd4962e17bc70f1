// Saves by itself what somebody ended before it was known what it covers.
import { useEffect, useEffectEvent, useState } from 'react';

/**
 * Whoever ends the reason before the preview is there is not made to end it twice: what was chosen is decided once the preview
 * says that all of it is. Where it says anything else, that is read first, and the reason is ended again.
 * @param seen Null while the preview is on its way; then whether all that was chosen is decided as it stands.
 */
export function useSaveOnceSeen(seen: { isAll: boolean } | null, save: () => void) {
  const [isAsked, setAsked] = useState(false);
  const isSeen = seen !== null;
  const saveAll = useEffectEvent(() => {
    if (seen?.isAll === true) save();
  });
  useEffect(() => {
    if (isAsked && isSeen) saveAll();
  }, [isAsked, isSeen]);
  return { isAsked, ask: () => setAsked(true) };
}
