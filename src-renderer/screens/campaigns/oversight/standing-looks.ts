// How a day stands, as icon and tone; the word is said beside it.
import {
  CalendarOff,
  CircleCheckBig,
  CircleDashed,
  Clock,
  RefreshCw,
  TriangleAlert,
  Unplug,
  type LucideIcon,
} from 'lucide-react';
import type { DayStanding } from '#shared/model/daily-review.ts';
import type { ChipTone } from '../../../components/chip.tsx';

export type StandingLook = { readonly icon: LucideIcon; readonly tone: ChipTone };

export const standingLooks: Readonly<Record<DayStanding, StandingLook>> = {
  'on-record': { icon: CircleCheckBig, tone: 'good' },
  changed: { icon: RefreshCw, tone: 'high' },
  covered: { icon: CircleDashed, tone: 'info' },
  'findings-open': { icon: TriangleAlert, tone: 'warning' },
  'not-covered': { icon: Unplug, tone: 'danger' },
  before: { icon: CalendarOff, tone: 'neutral' },
  'to-come': { icon: Clock, tone: 'neutral' },
};
