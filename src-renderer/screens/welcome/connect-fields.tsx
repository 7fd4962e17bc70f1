// The fields that say where the audit database is, who reads it, and which part of it.
import { useState } from 'react';
import { Segmented } from '../../components/segmented.tsx';
import { TextField } from '../../components/field.tsx';
import { text } from '../../texts/text.ts';
import type { ConnectDraft, ConnectErrors } from './connect-form.ts';
import styles from './connect-form-view.module.css';
import { partPassword } from './url-password.ts';

export type ConnectFieldsProps = {
  draft: ConnectDraft;
  errors: ConnectErrors;
  set: (part: Partial<ConnectDraft>) => void;
};

const ways = ['url', 'fields'] as const;

type AddressFieldsProps = ConnectFieldsProps & {
  /** A password is kept for the connection there is. */
  isKnown: boolean;
};

export function AddressFields({ draft, errors, set, isKnown }: AddressFieldsProps) {
  return (
    <>
      <div>
        <Segmented
          label={text('welcome:address.way')}
          value={draft.way}
          choices={ways.map((value) => ({ value, label: text(`welcome:address.${value}`) }))}
          onChange={(way) => set({ way })}
        />
      </div>
      {draft.way === 'url' ? (
        <UrlField draft={draft} errors={errors} set={set} />
      ) : (
        <ServerFields draft={draft} errors={errors} set={set} />
      )}
      <div className={styles.even}>
        <TextField
          label={text('welcome:address.password')}
          autoComplete="off"
          type="password"
          hint={text(isKnown ? 'welcome:address.passwordKept' : 'welcome:address.passwordHint')}
          value={draft.password}
          onChange={(event) => set({ password: event.target.value })}
        />
        <TextField
          label={text('welcome:address.caFile')}
          placeholder="/etc/ssl/audit-ca.pem"
          hint={text('welcome:address.caFileHint')}
          value={draft.caFile}
          onChange={(event) => set({ caFile: event.target.value })}
        />
      </div>
    </>
  );
}

/** A password in a URL is moved to its own field, as soon as the URL is complete: nobody reads it over a shoulder. */
function UrlField({ draft, errors, set }: ConnectFieldsProps) {
  const [isMoved, setIsMoved] = useState(false);
  const take = (url: string) => {
    const parted = partPassword(url);
    if (parted !== null) setIsMoved(true);
    set(parted ?? { url });
  };
  return (
    <TextField
      label={text('welcome:address.url')}
      placeholder="postgresql://reader@db.example.org:5432/audit?sslmode=verify-full"
      hint={text(isMoved ? 'welcome:address.moved' : 'welcome:address.urlHint')}
      value={draft.url}
      error={errors.url}
      onChange={(event) => {
        const isWhole =
          event.nativeEvent instanceof InputEvent && wholeInputs.has(event.nativeEvent.inputType);
        if (isWhole) take(event.target.value);
        else set({ url: event.target.value });
      }}
      onBlur={(event) => {
        if (partPassword(event.target.value) !== null) take(event.target.value);
      }}
    />
  );
}

/** Ways in which a URL arrives at once rather than letter by letter. */
const wholeInputs: ReadonlySet<string> = new Set([
  'insertFromPaste',
  'insertFromDrop',
  'insertReplacementText',
]);

function ServerFields({ draft, errors, set }: ConnectFieldsProps) {
  return (
    <>
      <div className={styles.pair}>
        <TextField
          label={text('welcome:address.host')}
          value={draft.host}
          error={errors.host}
          onChange={(event) => set({ host: event.target.value })}
        />
        <TextField
          label={text('welcome:address.port')}
          inputMode="numeric"
          value={draft.port}
          error={errors.port}
          onChange={(event) => set({ port: event.target.value })}
        />
      </div>
      <div className={styles.even}>
        <TextField
          label={text('welcome:address.database')}
          value={draft.database}
          error={errors.database}
          onChange={(event) => set({ database: event.target.value })}
        />
        <TextField
          label={text('welcome:address.user')}
          value={draft.user}
          error={errors.user}
          onChange={(event) => set({ user: event.target.value })}
        />
      </div>
      <div>
        <Segmented
          label={text('welcome:address.encryption')}
          value={draft.tls}
          choices={[
            { value: 'verify', label: text('welcome:address.tlsVerify') },
            { value: 'off', label: text('welcome:address.tlsOff') },
          ]}
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
        label={text('welcome:scope.account')}
        hint={text('welcome:scope.accountHint')}
        value={draft.sourceAccount}
        onChange={(event) => set({ sourceAccount: event.target.value })}
      />
      <TextField
        label={text('welcome:scope.zone')}
        list="time-zones"
        hint={text('welcome:scope.zoneHint')}
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
