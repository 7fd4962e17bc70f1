// The packs somebody is handing over to a workstation, whatever is to be done with them: one place for all procedures.
import { join } from 'node:path';
import type { Workstation } from '../workstation.ts';
import { packUploads, type PackUploads } from './pack-uploads.ts';

const byWorkstation = new WeakMap<Workstation, PackUploads>();

export function uploadsOf(workstation: Workstation): PackUploads {
  const known = byWorkstation.get(workstation) ?? packUploads(join(workstation.directory, 'uploads'));
  byWorkstation.set(workstation, known);
  return known;
}
