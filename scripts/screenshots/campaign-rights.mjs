// A made-up table of who holds which right, with something for every rule to find, and the review of it.

export const people = {
  olga: { id: '0a1b2c3d-0000-4000-8000-000000000001', name: 'Olga Owner', email: 'olga@example.org' },
  adam: { id: '0a1b2c3d-0000-4000-8000-000000000002', name: 'Adam Approver', email: 'adam@example.org' },
  rita: { id: '7f1d3c52-7d64-4c11-9f3a-0d2c8e5b9a10', name: 'Rita Reviewer', email: 'rita@example.org' },
  mona: { id: '0a1b2c3d-0000-4000-8000-000000000003', name: 'Mona Manager', email: 'mona@example.org' },
  otto: { id: '0a1b2c3d-0000-4000-8000-000000000004', name: 'Otto Other', email: 'otto@example.org' },
  petra: { id: '0a1b2c3d-0000-4000-8000-000000000005', name: 'Petra Auditor', email: 'petra@example.org' },
};

/** @param name of a campaign over those rights */
export const reviewOf = (name) => ({
  name,
  objective: 'Everybody has the rights their work needs, and no others.',
  controls: ['PCI DSS 7.2.4', 'SOC 2 CC6.2'],
  scope: {
    from: 'table',
    schema: 'public',
    table: 'user_roles',
    columns: {
      subject: 'account',
      subjectName: 'name',
      subjectType: 'kind',
      entitlement: 'role',
      resource: 'system',
      manager: 'manager_email',
      privileged: 'is_admin',
      active: 'enabled',
      grantedAt: 'granted',
      lastUsedAt: 'last_used',
    },
    filters: [{ column: 'system', is: 'not-equal', values: ['sandbox'], reason: 'no production data' }],
  },
  period: { from: '2026-10-01', to: '2026-11-15' },
  zone: 'Europe/Berlin',
  dueDays: 14,
  people: ['olga', 'adam', 'rita', 'mona', 'otto'].map((who) => people[who]),
  stages: [{ name: 'managers', reviewer: { by: 'manager' }, fallback: people.otto.id }],
  policy: 'first-final',
  owner: people.olga.id,
  approver: people.adam.id,
  materiality: { deviations: 1, setBy: 'Petra Auditor', reason: 'the rights are few and alike' },
  meanings: {
    reader: 'May look at every record of the system, and change none.',
    writer: 'May change records, but not delete them.',
    approver: 'May approve payments of any amount.',
    admin: 'May change everything in the system, accounts included.',
    role_grant: 'May give roles to others, their own included.',
    export_all: 'May take a copy of all records out of the system.',
  },
});

const systems = ['crm', 'billing', 'warehouse', 'sandbox'];
const ordinary = ['reader', 'writer', 'reader', 'approver', 'reader'];
const given = ['Ada', 'Bo', 'Cleo', 'Dag', 'Ewa', 'Finn', 'Gül', 'Hanne', 'Ivo', 'Jana'];
const family = [
  'Albers',
  'Berg',
  'Conti',
  'Dahl',
  'Ernst',
  'Fox',
  'Gün',
  'Holm',
  'Iten',
  'Jost',
  'Kaya',
  'Lind',
];

/** People of the sample's events hold grave rights, so that there is something to look at; 180 others hold ordinary ones. */
export async function createRights(database) {
  await database.query(`
    CREATE TABLE user_roles (account text, name text, kind text, role text, system text, manager_email text,
      is_admin boolean, enabled boolean, granted timestamptz, last_used timestamptz);
    GRANT SELECT ON user_roles TO PUBLIC;`);
  const { rows: actors } = await database.query(`
    SELECT actor_user_id AS account, max(metadata->>'actor_name') AS name, count(*) AS events
    FROM np_auditlog_events WHERE actor_user_id <> '' GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 30`);
  const known = actors.flatMap(({ account, name }, place) => [
    right({ account, name, place, role: place % 4 === 1 ? 'role_grant' : 'writer' }),
    right({ account, name, place: place + 1, role: place % 7 === 0 ? 'admin' : 'reader' }),
  ]);
  const others = Array.from({ length: 180 }, (_, place) => {
    const name = `${given[place % 10]} ${family[place % 12]}`;
    const account = `${name.toLowerCase().replaceAll('ü', 'u').replace(' ', '.')}.${place}`;
    const role = place % 29 === 3 ? 'export_all' : ordinary[place % 5];
    return right({ account, name, place, role });
  });
  const rights = [...known, ...others];
  // The same right twice, and one of somebody who reviews.
  rights.push(rights[70], { ...rights[80], account: people.rita.email, name: people.rita.name });
  for (const row of rights) await add(database, row);
  return rights;
}

function right({ account, name, place, role }) {
  const isAdmin = role === 'admin' || role === 'role_grant';
  return {
    account,
    name,
    kind: place % 31 === 5 ? 'service' : 'user',
    role,
    system: role === 'role_grant' ? 'crm' : systems[place % 4],
    manager: place % 3 === 0 ? people.mona.email : people.rita.email,
    isAdmin: place % 17 === 9 ? null : isAdmin,
    isEnabled: place % 37 !== 11,
    granted: '2025-03-04T10:00:00Z',
    lastUsed: place % 11 === 6 ? '2026-04-15T12:00:00Z' : '2026-11-10T12:00:00Z',
  };
}

const add = (database, row) =>
  database.query('INSERT INTO user_roles VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
    row.account,
    row.name,
    row.kind,
    row.role,
    row.system,
    row.manager,
    row.isAdmin,
    row.isEnabled,
    row.granted,
    row.lastUsed,
  ]);

/** What happened before the next review: some left, some came, one right was given back. */
export async function takenAway(database, rights) {
  for (const { account } of rights.slice(-20, -8))
    await database.query('DELETE FROM user_roles WHERE account = $1', [account]);
  for (let place = 0; place < 14; place += 1) {
    const name = `${given[(place * 3) % 10]} Neumann`;
    await add(database, right({ account: `new.${place}`, name, place, role: ordinary[place % 5] }));
  }
}
