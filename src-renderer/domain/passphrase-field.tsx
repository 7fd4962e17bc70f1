// Asks for the passphrase of the signing key, where signing takes it now.
import { TextField } from '../components/field.tsx';

type PassphraseFieldProps = { value: string; onChange: (passphrase: string) => void };

export function PassphraseField({ value, onChange }: PassphraseFieldProps) {
  return (
    <TextField
      label="Passphrase of the signing key"
      type="password"
      autoComplete="current-password"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
