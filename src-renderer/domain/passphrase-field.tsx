// Asks for the passphrase of the signing key, where signing takes it now.
import { TextField } from '../components/field.tsx';
import { text } from '../texts/text.ts';

type PassphraseFieldProps = { value: string; onChange: (passphrase: string) => void };

export function PassphraseField({ value, onChange }: PassphraseFieldProps) {
  return (
    <TextField
      label={text('domain:passphrase')}
      type="password"
      autoComplete="current-password"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
