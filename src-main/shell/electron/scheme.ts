// Makes app://bundle/ the home of the renderer.
import { protocol } from 'electron';
import { bundleScheme } from './bundle-address.ts';
import { answerBundleRequest } from './bundle-response.ts';

/** Must run before the app is ready. The scheme does not bypass the content security policy. */
export function registerBundleScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: bundleScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

export function serveBundle(rendererDirectory: string): void {
  protocol.handle(bundleScheme, (request) => answerBundleRequest(request, rendererDirectory));
}
