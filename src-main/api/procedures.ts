// The base of every handler: the contract, the workstation it works on, and the one place that turns problems into typed errors.
import { implement, ORPCError, ValidationError } from '@orpc/server';
import type { ImplementerInternalWithMiddlewares } from '@orpc/server';
import { contract } from '#shared/contract/contract.ts';
import { definitionIssueInWords } from '#shared/model/definition-sentences.ts';
import { issueInWords } from '#shared/model/issue-sentences.ts';
import { Problem } from '#shared/model/problem.ts';
import { describeFailure } from '../store/database.ts';

// oxlint-disable-next-line typescript/no-generated-empty-object-type -- calls bring no context of their own
type NoContext = Record<never, never>;

/** The type is spelled out: what is inferred has grown beyond what the compiler will write down. */
export const procedures: ImplementerInternalWithMiddlewares<typeof contract, NoContext, NoContext> =
  implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw toProcedureError(error);
    }
  });

function toProcedureError(thrown: unknown): unknown {
  // The ledger's failures are described where they happen, so a bare one comes from the cache.
  const error = describeFailure('cache', thrown);
  if (error instanceof Problem) return typed(error);
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
    return typed(describeInvalid(error.cause));
  }
  return error;
}

function typed({ message, code, next, cause }: Problem): unknown {
  return new ORPCError('PROBLEM', { status: 422, message, data: { code, next }, cause });
}

/** Names the fields that do not fit, never their values. */
function describeInvalid(error: ValidationError): Problem {
  const faults = error.issues.map((issue) => {
    const path = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part));
    if (path[0] === 'definition') return definitionIssueInWords({ ...issue, path: path.slice(1) });
    const name = path.map(String).join('.');
    return issueInWords({ ...issue, path }, { words: name === '' ? 'the request' : `“${name}”` });
  });
  return new Problem(
    'invalid-input',
    `This request cannot be used as it is. ${faults.join(' ')} Nothing was changed.`,
    { cause: error },
  );
}
