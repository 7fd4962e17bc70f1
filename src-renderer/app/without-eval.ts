// Tells zod, before any schema exists, not to probe for eval: a strict content security policy reports the attempt.
import { z } from 'zod';

z.config({ jitless: true });
