// Which columns of a table probably say what, by their names: a proposal that somebody looks over.
import { columnFields, type ColumnField } from './definition-draft.ts';

/** The likeliest first; a name counts without its case, and without what separates its words. */
const usualNames: Readonly<Record<ColumnField, readonly string[]>> = {
  subject: [
    'subject',
    'account',
    'accountid',
    'userid',
    'username',
    'user',
    'login',
    'principal',
    'member',
    'email',
  ],
  entitlement: [
    'entitlement',
    'role',
    'rolename',
    'permission',
    'privilege',
    'right',
    'access',
    'groupname',
    'group',
    'grant',
  ],
  resource: ['resource', 'system', 'application', 'app', 'target', 'database', 'project'],
  subjectName: ['subjectname', 'fullname', 'displayname', 'realname', 'name'],
  subjectType: ['subjecttype', 'accounttype', 'usertype', 'kind', 'type'],
  manager: ['manager', 'manageremail', 'managerid', 'boss', 'supervisor', 'lead'],
  owner: ['owner', 'owneremail', 'ownerid', 'resourceowner', 'systemowner'],
  privileged: ['privileged', 'isprivileged', 'isadmin', 'admin', 'elevated'],
  active: ['active', 'isactive', 'enabled', 'inuse', 'status', 'state'],
  grantedAt: ['grantedat', 'granted', 'assignedat', 'createdat', 'since'],
  lastUsedAt: ['lastusedat', 'lastused', 'lastlogin', 'lastloginat', 'lastseen', 'lastactivity'],
};

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** No name is usual for two fields, so no column is proposed twice. */
export function guessColumns(columns: readonly string[]): Partial<Record<ColumnField, string>> {
  const guessed: Partial<Record<ColumnField, string>> = {};
  for (const field of columnFields) {
    for (const usual of usualNames[field]) {
      const found = columns.find((name) => plain(name) === usual);
      if (found === undefined) continue;
      guessed[field] = found;
      break;
    }
  }
  return guessed;
}
