// Which sentences stay on screen, and for how long.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  announce,
  dismissFailures,
  dismissNotice,
  dismissPassingNotices,
  useDialogs,
} from '../../../../src-renderer/state/dialogs.ts';

const shown = () => useDialogs.getState().notices.map(({ id }) => id);
const notice = (id: string, tone: 'info' | 'good' | 'warning' | 'danger') => ({
  id,
  tone,
  message: id,
  next: null,
});

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

  it('that warns stays until the screen is left', () => {
    announce(notice('drift', 'warning'));
    vi.advanceTimersByTime(60_000);
    expect(shown()).toEqual(['drift']);
    dismissPassingNotices();
    expect(shown()).toEqual([]);
  });

  it('of a failure goes when what it tells of is over', () => {
    announce({ ...notice('refresh', 'danger'), code: 'source-unreachable' });
    announce({ ...notice('export', 'danger'), code: 'locked' });
    dismissFailures(['source-unreachable']);
    expect(shown()).toEqual(['export']);
  });

  it('takes the place of an earlier one about the same, with its own time to be read', () => {
    announce(notice('hint', 'info'));
    vi.advanceTimersByTime(8000);
    announce(notice('hint', 'info'));
    vi.advanceTimersByTime(8000);
    expect(shown()).toEqual(['hint']);
  });
});
