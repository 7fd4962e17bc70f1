// Reads back what the cache wrote itself; what does not read back was damaged on the disk.
import type { z } from 'zod';
import { damaged } from '../database.ts';

/** @throws Problem `store-damaged` */
export function readStoredJson<Value>(schema: z.ZodType<Value>, text: string): Value {
  return readStored(schema, () => JSON.parse(text));
}

/** @throws Problem `store-damaged` */
export function readStored<Value>(schema: z.ZodType<Value>, read: () => unknown): Value {
  try {
    return schema.parse(read());
  } catch (cause) {
    throw damaged('cache', cause);
  }
}
