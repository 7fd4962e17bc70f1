// What each SQLSTATE of PostgreSQL (its manual, appendix A) means for a person.
import { connectionLost, statementTimedOut, type Explanation } from './problem-sentences.ts';

const kept = 'Nothing was changed and everything already in this workspace is kept.';

/** SQLSTATE 28000 raised by InitializeSessionUserId: the role is unknown, or may not log in. */
export const noSuchUser: Explanation = {
  code: 'source-denied',
  message: `The database has no such user, or that user may not log in. ${kept}`,
  next: 'Check the user name, or ask the DBA to create a login for you.',
};

const notAdmitted: Explanation = {
  code: 'source-denied',
  message: `The server's access rules do not admit this user from this computer. ${kept}`,
  next: 'Ask the DBA to add you to pg_hba.conf. If TLS is off for this connection, turn it on: many servers require it.',
};

const tooBusy: Explanation = {
  code: 'source-unreachable',
  message: `The server is out of memory, disk space or another resource. ${kept}`,
  next: 'Tell the DBA, and try again later.',
};

const shuttingDown: Explanation = {
  code: 'source-unreachable',
  message: 'The server is stopping and closed the connection. What had arrived before is kept.',
  next: 'Wait until the database is back, then run the same step again.',
};

const retyped: Explanation = {
  code: 'source-changed',
  message: `A column no longer has the type it had when this source was connected. ${kept}`,
  next: 'Connect again to inspect the table, and adjust the column mapping if it changed.',
};

const unfit: Explanation = {
  code: 'source-changed',
  message: `The database could not read a value as the type it expects; the source account may not have the right form. ${kept}`,
  next: 'Check the source account given for this connection, then connect again to inspect the table.',
};

const concurrent: Explanation = {
  code: 'conflict',
  message: 'Another session changed the same rows at the same moment, and the database undid this step.',
  next: 'Run the same step again.',
};

/** The full five characters go before the class. */
export const bySqlState: Readonly<Record<string, Explanation>> = {
  '28P01': {
    code: 'source-denied',
    message: `The database did not accept this password for this user. ${kept}`,
    next: 'Check user name and password (the database gives the same answer for both) and connect again.',
  },
  '28000': notAdmitted,
  '3D000': {
    code: 'source-missing',
    message: `The server has no database of this name. ${kept}`,
    next: 'Check the database name; the DBA can list the databases of this server.',
  },
  '53300': {
    code: 'source-unreachable',
    message: `The server has no free connection left. ${kept}`,
    next: 'Try again in a moment; if it stays so, ask the DBA to raise the connection limit.',
  },
  '55P03': {
    code: 'conflict',
    message: 'Another session holds a lock on the rows that are needed. What was already confirmed is kept.',
    next: 'Try again in a moment; if it stays so, ask the DBA which session holds the lock.',
  },
  '57014': statementTimedOut,
  '57P01': shuttingDown,
  '57P02': shuttingDown,
  '57P03': {
    code: 'source-unreachable',
    message: `The server is starting up or stopping and takes no connections right now. ${kept}`,
    next: 'Wait a moment and try again.',
  },
  '57P05': connectionLost,
  '25P03': connectionLost,
  '25006': {
    code: 'refused',
    message: 'This server takes no changes: it is a replica, or read-only. Nothing was written.',
    next: 'Connect to the primary server to send decisions.',
  },
  '42501': {
    code: 'source-denied',
    message: `This user lacks a right that is needed on the audit tables. ${kept}`,
    next: 'Ask the DBA to grant what the inspection of this source lists as missing.',
  },
  '42P01': {
    code: 'source-missing',
    message: `A table that was there when this source was connected is missing. ${kept}`,
    next: 'Check with the DBA what happened to it, then connect again to inspect the source.',
  },
  '3F000': {
    code: 'source-missing',
    message: `A schema that was there when this source was connected is missing. ${kept}`,
    next: 'Check with the DBA what happened to it, then connect again to inspect the source.',
  },
  '42703': {
    code: 'source-changed',
    message: `A column that was there when this source was connected is missing. ${kept}`,
    next: 'Connect again to inspect the table, and adjust the column mapping if it changed.',
  },
  '42804': retyped,
  '42846': retyped,
  '42883': retyped,
  '42P18': retyped,
  '0A000': retyped,
};

/** By the first two characters, the class. */
export const bySqlClass: Readonly<Record<string, Explanation>> = {
  '08': connectionLost,
  '22': unfit,
  '28': notAdmitted,
  '40': concurrent,
  '53': tooBusy,
  '57': shuttingDown,
};
