// Signing keys: which there are, replacing and revoking them, and unlocking the present one for a session.
import { z } from 'zod';
import {
  agentOffer,
  idleMinutes,
  keySessionStatus,
  ownKey,
  revocationReport,
  revocationRequest,
  rotationRequest,
} from '../model/keys.ts';
import { asShown, procedure } from './base.ts';

export const keys = {
  /** All keys of the workspace, oldest first, those whose file is gone included. */
  list: procedure.route({ method: 'GET', path: '/signing-keys' }).output(z.array(ownKey)),
  /** What the ssh-agent offers, and what of it can sign here. */
  agent: procedure.route({ method: 'GET', path: '/signing-keys/agent' }).output(agentOffer),
  /** Replaces the signing key by a new one, or by one of an ssh-agent. The old one never signs again. */
  rotate: procedure
    .route({ method: 'POST', path: '/signing-keys/rotate' })
    .input(rotationRequest.extend(asShown))
    .output(ownKey),
  /**
   * Puts on record that a key is not to be relied on; gives the line for the organisation’s list. Of another’s key it is a
   * report: it signs nothing here any more, and the line is empty.
   */
  revoke: procedure
    .route({ method: 'POST', path: '/signing-keys/revoke' })
    .input(revocationRequest.extend(asShown))
    .output(revocationReport),
  /** Puts on record that the organisation’s list in force names a key that came in the place of an earlier one without proof. */
  endorse: procedure
    .route({ method: 'POST', path: '/signing-keys/endorse' })
    .input(z.object({ fingerprint: revocationRequest.shape.fingerprint, ...asShown }))
    .output(ownKey),
  session: procedure.route({ method: 'GET', path: '/signing-keys/session' }).output(keySessionStatus),
  /** Keeps the key open in memory, until it is locked, idle for too long, or the program ends. */
  unlock: procedure
    .route({ method: 'POST', path: '/signing-keys/unlock' })
    .input(z.object({ passphrase: z.string().min(1) }))
    .output(keySessionStatus),
  lock: procedure.route({ method: 'POST', path: '/signing-keys/lock' }).output(keySessionStatus),
  setIdle: procedure
    .route({ method: 'PUT', path: '/signing-keys/idle' })
    .input(z.object({ minutes: idleMinutes, ...asShown }))
    .output(keySessionStatus),
};
