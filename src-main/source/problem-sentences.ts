// What each failure of an audit database means for a person: one entry a cause, nothing of the server's own words.
import type { ProblemCode } from '#shared/model/problem.ts';

export interface Explanation {
  code: ProblemCode;
  message: string;
  next: string;
}

const kept = 'Nothing was changed and everything already in this workspace is kept.';

export const connectionLost: Explanation = {
  code: 'source-unreachable',
  message: 'The connection to the audit database broke while it was in use. What had arrived before is kept.',
  next: 'Check the network, then run the same step again; it continues where it stopped.',
};

export const connectTimedOut: Explanation = {
  code: 'source-unreachable',
  message: `The server did not answer in time. ${kept}`,
  next: 'Check host and port, and whether a VPN or a firewall stands between this computer and the database.',
};

export const noTls: Explanation = {
  code: 'source-tls',
  message: `The server does not offer TLS, and this connection insists on it. Nothing was sent to it.`,
  next: 'Ask the DBA to switch on TLS. Only on a network you trust, turn TLS off for this connection (sslmode=disable).',
};

export const tlsFailed: Explanation = {
  code: 'source-tls',
  message: `No secure connection could be agreed with the server. No password was sent to it.`,
  next: 'Check that the port belongs to PostgreSQL, and ask the DBA which TLS versions the server allows.',
};

export const passwordMissing: Explanation = {
  code: 'source-denied',
  message: `The database asks for a password and none was given. ${kept}`,
  next: 'Enter the password of this user and connect again.',
};

export const statementTimedOut: Explanation = {
  code: 'source-unreachable',
  message:
    'The database took longer than allowed for one query and it was stopped. What had arrived before is kept.',
  next: 'Try again when the database is less busy, or ask the DBA for an index on the event time.',
};

export const unexplained: Explanation = {
  code: 'internal',
  message:
    'The audit database answered with an error this program does not know. What had arrived before is kept.',
  next: 'Ask the DBA to look at the server log at this time; the error is written there.',
};

const untrusted: Explanation = {
  code: 'source-tls',
  message: `The server's certificate is not signed by an authority this computer trusts. No password was sent to it.`,
  next: 'Ask the DBA for the CA certificate and give it as the CA file (sslrootcert).',
};

const outOfDate: Explanation = {
  code: 'source-tls',
  message: `The server's certificate is outside its period of validity. No password was sent to it.`,
  next: 'Check the clock of this computer; if it is right, ask the DBA to renew the certificate.',
};

const unknownHost: Explanation = {
  code: 'source-unreachable',
  message: `The name of the server could not be found. ${kept}`,
  next: 'Check the host name for typing errors, and whether a VPN is needed to see it.',
};

const unroutable: Explanation = {
  code: 'source-unreachable',
  message: `There is no way from this computer to the server. ${kept}`,
  next: 'Check the network connection and the VPN, then try again.',
};

/** Errors of the network and of TLS, by the code Node gives them. */
export const byNodeCode: Readonly<Record<string, Explanation>> = {
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  EAI_NODATA: unknownHost,
  ECONNREFUSED: {
    code: 'source-unreachable',
    message: `Nothing answers at this host and port; the connection was refused. ${kept}`,
    next: 'Check the port, and whether the database is running and reachable from here.',
  },
  ENOENT: {
    code: 'source-unreachable',
    message: `There is no database socket at this path. ${kept}`,
    next: 'Check the path of the socket folder, and whether the database is running.',
  },
  ETIMEDOUT: connectTimedOut,
  EHOSTUNREACH: unroutable,
  ENETUNREACH: unroutable,
  EHOSTDOWN: unroutable,
  ENETDOWN: unroutable,
  ECONNRESET: connectionLost,
  ECONNABORTED: connectionLost,
  EPIPE: connectionLost,
  EPROTO: tlsFailed,
  ERR_TLS_CERT_ALTNAME_INVALID: {
    code: 'source-tls',
    message: `The server's certificate was issued for another name than the host given here. No password was sent to it.`,
    next: 'Use the host name that is in the certificate, or ask the DBA to add this one to it.',
  },
  CERT_HAS_EXPIRED: outOfDate,
  CERT_NOT_YET_VALID: outOfDate,
  CERT_REVOKED: {
    code: 'source-tls',
    message: `The server's certificate has been revoked. No password was sent to it.`,
    next: 'Do not connect; ask the DBA why the certificate was revoked.',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  CERT_UNTRUSTED: untrusted,
  INVALID_CA: untrusted,
  INVALID_PURPOSE: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
};
