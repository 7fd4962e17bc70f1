// The fields that say where the audit database is, who reads it, and which part of it.
import { Segmented } from '../../components/segmented.tsx';
import { TextField } from '../../components/field.tsx';
import type { ConnectDraft, ConnectErrors } from './connect-form.ts';
import styles from './connect-form-view.module.css';

export type ConnectFieldsProps = {
  draft: ConnectDraft;
  errors: ConnectErrors;
  set: (part: Partial<ConnectDraft>) => void;
};

const ways = [
  { value: 'url', label: 'URL' },
  { value: 'fields', label: 'Fields' },
] as const;
const tlsChoices = [
  { value: 'verify', label: 'TLS, certificate verified' },
  { value: 'off', label: 'No TLS' },
] as const;

export function AddressFields({ draft, errors, set }: ConnectFieldsProps) {
  return (
    <>
      <div>
        <Segmented label="Address as" value={draft.way} choices={ways} onChange={(way) => set({ way })} />
      </div>
      {draft.way === 'url' ? (
        <TextField
          label="URL"
          placeholder="postgresql://reader@db.example.org:5432/audit?sslmode=verify-full"
          hint="sslmode and sslrootcert are respected; the password may be in the URL or below."
          value={draft.url}
          error={errors.url}
          onChange={(event) => set({ url: event.target.value })}
        />
      ) : (
        <ServerFields draft={draft} errors={errors} set={set} />
      )}
      <div className={styles.even}>
        <TextField
          label="Password"
          type="password"
          hint="Kept sealed, apart from the workspace."
          value={draft.password}
          onChange={(event) => set({ password: event.target.value })}
        />
        <TextField
          label="CA file (optional)"
          placeholder="/etc/ssl/audit-ca.pem"
          hint="Path of the certificate authority, where it is your own."
          value={draft.caFile}
          onChange={(event) => set({ caFile: event.target.value })}
        />
      </div>
    </>
  );
}

function ServerFields({ draft, errors, set }: ConnectFieldsProps) {
  return (
    <>
      <div className={styles.pair}>
        <TextField
          label="Host"
          value={draft.host}
          error={errors.host}
          onChange={(event) => set({ host: event.target.value })}
        />
        <TextField
          label="Port"
          inputMode="numeric"
          value={draft.port}
          error={errors.port}
          onChange={(event) => set({ port: event.target.value })}
        />
      </div>
      <div className={styles.even}>
        <TextField
          label="Database"
          value={draft.database}
          error={errors.database}
          onChange={(event) => set({ database: event.target.value })}
        />
        <TextField
          label="User"
          value={draft.user}
          error={errors.user}
          onChange={(event) => set({ user: event.target.value })}
        />
      </div>
      <div>
        <Segmented
          label="Encryption"
          value={draft.tls}
          choices={tlsChoices}
          onChange={(tls) => set({ tls })}
        />
      </div>
    </>
  );
}

export function ScopeFields({ draft, errors, set }: ConnectFieldsProps) {
  return (
    <div className={styles.even}>
      <TextField
        label="Source account (optional)"
        hint="Row-level security shows only the account that is named; without one, “primary” is asked for."
        value={draft.sourceAccount}
        onChange={(event) => set({ sourceAccount: event.target.value })}
      />
      <TextField
        label="Time zone"
        list="time-zones"
        hint="All times and the heatmap are shown in it."
        value={draft.zone}
        error={errors.zone}
        onChange={(event) => set({ zone: event.target.value })}
      />
      <datalist id="time-zones">
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </datalist>
    </div>
  );
}
