// Reads back JSON the cache wrote itself; what does not read back was damaged on the disk.
import type { z } from 'zod';
import { damaged } from '../database.ts';

/** @throws Problem `store-damaged` */
export function readStoredJson<Value>(schema: z.ZodType<Value>, text: string): Value {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw damaged('cache', cause);
  }
}
