// The local date of now in a zone, as of when the screen was opened.
import { useState } from 'react';
import { localDaysOf } from '#shared/time/local-days.ts';

export function useToday(zone: string): string {
  const [nowMs] = useState(() => Date.now());
  return localDaysOf(zone).dateAt(nowMs * 1000);
}
