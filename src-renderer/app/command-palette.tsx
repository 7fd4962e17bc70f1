// Everything the window can do, and everybody and everything found in it, by typing.
import { Command } from 'cmdk';
import { useState } from 'react';
import { KeyHint } from '../components/key-hint.tsx';
import type { Shortcut } from '../components/keyboard.tsx';
import { Modal } from '../components/modal.tsx';
import { text } from '../texts/text.ts';
import styles from './command-palette.module.css';
import { matching, useFoundCommands } from './found-commands.ts';

type CommandPaletteProps = { commands: readonly Shortcut[]; onClose: () => void };

/** Commands without keys have an empty `keys`. */
export function CommandPalette({ commands, onClose }: CommandPaletteProps) {
  const [typed, setTyped] = useState('');
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const own = matching(commands, words, ({ group, label }) => `${group} ${label}`, Infinity);
  const found = useFoundCommands(typed);
  const groups = Map.groupBy(
    [...own.map((command) => ({ ...command, id: command.label })), ...found],
    (command) => command.group,
  );
  return (
    <Modal title={text('app:palette.title')} onClose={onClose}>
      {/* What matches is decided here: names of people are not to be found by scattered letters. */}
      <Command label={text('app:palette.title')} className={styles.palette} shouldFilter={false} loop>
        <Command.Input
          className={styles.input}
          placeholder={text('app:palette.placeholder')}
          value={typed}
          onValueChange={setTyped}
        />
        <Command.List className={styles.list}>
          <Command.Empty className={styles.empty}>{text('app:palette.none')}</Command.Empty>
          {[...groups].map(([group, entries]) => (
            <Command.Group key={group} heading={group} className={styles.group}>
              {entries.map((command) => (
                <Command.Item
                  key={command.id}
                  value={command.id}
                  className={styles.item}
                  onSelect={() => {
                    onClose();
                    command.run();
                  }}
                >
                  <bdi className={styles.name}>{command.label}</bdi>
                  {command.keys !== '' && <KeyHint keys={command.keys} />}
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Modal>
  );
}
