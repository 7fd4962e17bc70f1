// Which pack something is done with: one of the workspace by its name, or one that was handed over in pieces.
import { z } from 'zod';

export const packChoice = z.union([
  z.object({ pack: z.string().min(1).max(255) }),
  z.object({
    upload: z.uuid(),
    /** As the file is called. */
    name: z.string().min(1).max(255),
  }),
]);
export type PackChoice = z.infer<typeof packChoice>;
