// Which sentences stay on screen, and for how long.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  announce,
  dismissNotice,
  dismissPassingNotices,
  useDialogs,
} from '../../../../src-renderer/state/dialogs.ts';

const shown = () => useDialogs.getState().notices.map(({ id }) => id);
const notice = (id: string, tone: 'info' | 'good' | 'danger') => ({ id, tone, message: id, next: null });

beforeEach(() => {
  vi.useFakeTimers();
  useDialogs.setState({ notices: [] });
});
afterEach(() => vi.useRealTimers());

describe('a notice', () => {
  it('goes by itself after some seconds, unless it tells of a failure', () => {
    announce(notice('done', 'good'));
    announce(notice('hint', 'info'));
    announce(notice('failed', 'danger'));
    vi.advanceTimersByTime(60_000);
    expect(shown()).toEqual(['failed']);
  });

  it('goes when the screen is left, unless it tells of a failure', () => {
    announce(notice('done', 'good'));
    announce(notice('failed', 'danger'));
    dismissPassingNotices();
    expect(shown()).toEqual(['failed']);
    dismissNotice('failed');
    expect(shown()).toEqual([]);
  });

  it('takes the place of an earlier one about the same, with its own time to be read', () => {
    announce(notice('hint', 'info'));
    vi.advanceTimersByTime(8000);
    announce(notice('hint', 'info'));
    vi.advanceTimersByTime(8000);
    expect(shown()).toEqual(['hint']);
  });
});
