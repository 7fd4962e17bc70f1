// Every failure becomes what happened and what to do, and nothing technical slips through.
import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { describeProblem } from '../../../../src-renderer/domain/problem-text.ts';

describe('describeProblem', () => {
  it('shows the sentence and the next step of a typed problem', () => {
    const error = new ORPCError('PROBLEM', {
      status: 422,
      message: 'This item is your own action.',
      data: { code: 'refused', next: 'Ask somebody else.' },
    });
    expect(describeProblem(error)).toEqual({
      code: 'refused',
      message: 'This item is your own action.',
      next: 'Ask somebody else.',
    });
  });

  it('does not repeat what a schema library says about the input', () => {
    const error = new ORPCError('BAD_REQUEST', { status: 400, message: 'Input validation failed' });
    expect(describeProblem(error)).toMatchObject({ code: 'invalid-input', next: expect.any(String) });
    expect(describeProblem(error).message).not.toContain('validation');
  });

  it('names an unreachable workstation without its address', () => {
    const text = describeProblem(new TypeError('fetch failed: http://127.0.0.1:4711/rpc'));
    expect(text.code).toBe('no-answer');
    expect(text.message).not.toContain('127.0.0.1');
  });

  it('has a sentence even for what is no error', () => {
    expect(describeProblem(undefined).message).not.toBe('');
  });
});
