// Keys that never enter the workspace: offered by an ssh-agent, which signs when it is asked to.
import { Problem } from '#shared/model/problem.ts';
import { decodePublicKey, fingerprintOf, isEd25519Type, type PublicKey } from './public-key.ts';
import {
  listRequest,
  readListAnswer,
  readSignAnswer,
  signRequest,
  wrongAnswer,
} from './ssh-agent-messages.ts';
import { securityKeyType } from './security-key.ts';
import { parseSignature, prepareSignature, signatureHolds, type LateSigner } from './sshsig.ts';

/** The way to an agent. Sends one message, framed; gives the body of the answer. */
export type AgentTransport = {
  /** @throws Problem when there is no agent, none that answers in time, or no end to its answer. */
  readonly ask: (message: Buffer, timeoutMs: number) => Promise<Buffer>;
};

export type AgentIdentity = {
  /** `SHA256:…`, also of keys that cannot be used here; null when even that cannot be said. */
  readonly fingerprint: string | null;
  readonly type: string;
  readonly comment: string;
  /** Null for a key that cannot sign here; `unusable` then says why. */
  readonly publicKey: PublicKey | null;
  readonly unusable: string | null;
  /** True for a FIDO security key, which has to be touched. */
  readonly needsTouch: boolean;
};

/** An agent in a desktop may first have to be started. */
const listTimeoutMs = 5_000;
/** Long enough for somebody to find the security key, type its PIN and touch it. */
const signTimeoutMs = 60_000;
const longestComment = 200;

/** All keys an agent offers, those that cannot be used here with the reason. @throws Problem as the transport does. */
export async function listAgentKeys(agent: AgentTransport): Promise<AgentIdentity[]> {
  const offered = readListAnswer(await agent.ask(listRequest(), listTimeoutMs));
  return offered.map(({ blob, comment }) => describe(blob, comment.toWellFormed().slice(0, longestComment)));
}

function describe(blob: Buffer, comment: string): AgentIdentity {
  try {
    const key = decodePublicKey(blob);
    const unusable = isEd25519Type(key.type) ? null : reasonAgainst(key.type);
    return {
      fingerprint: fingerprintOf(key),
      type: key.type,
      comment,
      publicKey: unusable === null ? key : null,
      unusable,
      needsTouch: key.type === securityKeyType,
    };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const unusable = 'It is of a kind this program does not know.';
    return { fingerprint: null, type: 'unknown', comment, publicKey: null, unusable, needsTouch: false };
  }
}

function reasonAgainst(type: string): string {
  if (type.includes('-cert-'))
    return 'It is a certificate; lists of signers name plain keys. Use the key the certificate is for.';
  return `It is a key of the type ${type}; evidence is signed with Ed25519 only. Make one with “ssh-keygen -t ed25519” or, in a security key, “ssh-keygen -t ed25519-sk”.`;
}

/**
 * The key with this fingerprint that the agent offers.
 * @throws Problem `not-found` when it does not, `refused` for one that cannot sign here; or as the transport does.
 */
export async function findAgentKey(agent: AgentTransport, fingerprint: string): Promise<PublicKey> {
  const found = (await listAgentKeys(agent)).find((identity) => identity.fingerprint === fingerprint);
  if (found?.publicKey) return found.publicKey;
  if (found)
    throw new Problem('refused', 'This key cannot sign evidence. Nothing was changed.', {
      next: found.unusable ?? 'Choose another one.',
    });
  throw new Problem('not-found', 'The ssh-agent does not offer this key. Nothing was signed or changed.', {
    next: 'Add it (ssh-add), plug the security key in, or look at “countersign keys agent” for those it offers.',
  });
}

/** Signs by asking the agent. What it gives back is looked at: an agent that signs with another key is not believed. */
export function agentSigner(
  agent: AgentTransport,
  publicKey: PublicKey,
  timeoutMs: number = signTimeoutMs,
): LateSigner {
  return {
    publicKey,
    signLater: async (namespace, message) => {
      const { bytes, finish } = prepareSignature(publicKey, namespace, message);
      const field = readSignAnswer(await agent.ask(signRequest(publicKey.blob, bytes), timeoutMs));
      const armored = finish(field);
      if (!holds(armored, namespace, message))
        throw wrongAnswer(`is no signature of the key ${fingerprintOf(publicKey)}`);
      return armored;
    },
  };
}

function holds(armored: string, namespace: string, message: Uint8Array): boolean {
  try {
    return signatureHolds(parseSignature(Buffer.from(armored)), namespace, message);
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
