// Which dialog of the whole window is open, and the sentences waiting to be read.
import { create } from 'zustand';

export type WindowNotice = {
  id: string;
  tone: 'info' | 'good' | 'warning' | 'danger';
  message: string;
  next: string | null;
  /** What kind of failure it tells of; so that it goes when that is over. */
  code?: string;
};

type Dialogs = {
  keySheet: boolean;
  palette: boolean;
  /** Set while the person is asked who reviews here; called once they have said it. */
  reviewerPrompt: { resume: () => void } | null;
  /** Items that came as a file are being taken up. It outlives the screen it was opened from, which they may change. */
  takingUp: boolean;
  /** What would be sent, or is being sent, is on screen. */
  sending: boolean;
  /** What is being exported is followed on screen. */
  exporting: boolean;
  /** The finished sync whose report is on screen. */
  syncReportJob: string | null;
  notices: readonly WindowNotice[];
  /** Jobs this window started or saw running, whose end it announces. */
  watchedJobs: ReadonlySet<string>;
};

export const useDialogs = create<Dialogs>()(() => ({
  keySheet: false,
  palette: false,
  reviewerPrompt: null,
  takingUp: false,
  sending: false,
  exporting: false,
  syncReportJob: null,
  notices: [],
  watchedJobs: new Set<string>(),
}));

/** Shows what would be sent; nothing leaves before somebody says so there. */
export function openSending(): void {
  useDialogs.setState({ sending: true });
}

/** Asks for a file with items to decide. */
export function openTakingUp(): void {
  useDialogs.setState({ takingUp: true });
}

const goodNewsMs = 9000;

const passesByItself = ({ tone }: WindowNotice): boolean => tone === 'good' || tone === 'info';

/**
 * Shows a sentence; one with the same id replaces the earlier one. A warning stays until it is dismissed or the screen is
 * left; a failure until it is dismissed, or over.
 */
export function announce(notice: WindowNotice): void {
  if (passesByItself(notice)) setTimeout(() => forget(notice), goodNewsMs);
  useDialogs.setState(({ notices }) => ({
    notices: [...notices.filter(({ id }) => id !== notice.id), notice],
  }));
}

function forget(notice: WindowNotice): void {
  useDialogs.setState(({ notices }) => ({ notices: notices.filter((shown) => shown !== notice) }));
}

/** Somebody who goes to another screen has read what was said on this one; failures still wait to be dismissed. */
export function dismissPassingNotices(): void {
  useDialogs.setState(({ notices }) => ({ notices: notices.filter(({ tone }) => tone === 'danger') }));
}

export function dismissNotice(id: string): void {
  if (!useDialogs.getState().notices.some((notice) => notice.id === id)) return;
  useDialogs.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

/** Failures of these kinds are over. */
export function dismissFailures(codes: readonly string[]): void {
  useDialogs.setState(({ notices }) => ({
    notices: notices.filter(({ code }) => code === undefined || !codes.includes(code)),
  }));
}

export function watchJob(id: string): void {
  useDialogs.setState(({ watchedJobs }) => ({ watchedJobs: new Set([...watchedJobs, id]) }));
}

export function unwatchJobs(ids: readonly string[]): void {
  useDialogs.setState(({ watchedJobs }) => ({
    watchedJobs: new Set([...watchedJobs].filter((id) => !ids.includes(id))),
  }));
}
