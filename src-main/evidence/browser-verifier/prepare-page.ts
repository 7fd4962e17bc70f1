// Makes a browser ready for the verifier, before any of its code runs; therefore imported first.
import { z } from 'zod';
import { pageBuffer } from './page-bytes.ts';
import { iterateStream, streamOf } from './page-streams.ts';

Object.assign(globalThis, { Buffer: pageBuffer });
// The page forbids making code from text, so do not even try.
z.config({ jitless: true });

if (!('from' in ReadableStream)) Object.assign(ReadableStream, { from: streamOf });
if (!(Symbol.asyncIterator in ReadableStream.prototype))
  Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, {
    value: function iterate(this: ReadableStream) {
      return iterateStream(this);
    },
  });
