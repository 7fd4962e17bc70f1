// The contract over HTTP: the typed protocol below /rpc, REST and its OpenAPI description below /api.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/node';
import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/node';
import {
  experimental_ZodSmartCoercionPlugin as SmartCoercionPlugin,
  ZodToJsonSchemaConverter,
} from '@orpc/zod/zod4';
import { tokenHeader } from './token.ts';
import { hideUnknownFailures, type FailureLog } from './unknown-failure.ts';

/** A request whose JSON body has been read already. */
export type ReadRequest = IncomingMessage & { body?: unknown };
type Handle = (request: ReadRequest, response: ServerResponse) => Promise<boolean>;
export type Procedures = { rpc: Handle; rest: Handle; describe(): Promise<unknown> };

export function createProcedures(options: {
  router: AnyRouter;
  version: string;
  log: FailureLog;
}): Procedures {
  const interceptors = [hideUnknownFailures(options.log)];
  const rpcHandler = new RPCHandler(options.router, { interceptors });
  // Query strings hold text only; without coercion `?overdue=true` would not be a boolean.
  const restHandler = new OpenAPIHandler(options.router, {
    interceptors,
    plugins: [new SmartCoercionPlugin()],
  });
  let description: Promise<unknown> | null = null;
  return {
    rpc: async (request, response) =>
      (await rpcHandler.handle(request, response, { prefix: '/rpc', context: {} })).matched,
    rest: async (request, response) =>
      (await restHandler.handle(request, response, { prefix: '/api', context: {} })).matched,
    describe: () => (description ??= describe(options.router, options.version)),
  };
}

async function describe(router: AnyRouter, version: string): Promise<unknown> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(router, {
    info: {
      title: 'Countersign',
      version,
      description: 'The procedures of a running workstation, for scripts on the same machine.',
    },
    servers: [{ url: '/api' }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'apiKey', in: 'header', name: tokenHeader } } },
  });
}
