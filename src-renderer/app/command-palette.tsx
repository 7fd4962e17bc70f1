// Everything the window can do, found by typing.
import { Command } from 'cmdk';
import { KeyHint } from '../components/key-hint.tsx';
import type { Shortcut } from '../components/keyboard.tsx';
import { Modal } from '../components/modal.tsx';
import styles from './command-palette.module.css';

type CommandPaletteProps = { commands: readonly Shortcut[]; onClose: () => void };

/** Commands without keys have an empty `keys`. */
export function CommandPalette({ commands, onClose }: CommandPaletteProps) {
  const groups = Map.groupBy(commands, (command) => command.group);
  return (
    <Modal title="Commands" onClose={onClose}>
      <Command label="Commands" className={styles.palette}>
        <Command.Input className={styles.input} placeholder="Type what you want to do" />
        <Command.List className={styles.list}>
          <Command.Empty className={styles.empty}>No command matches.</Command.Empty>
          {[...groups].map(([group, entries]) => (
            <Command.Group key={group} heading={group} className={styles.group}>
              {entries.map((command) => (
                <Command.Item
                  key={command.label}
                  className={styles.item}
                  onSelect={() => {
                    onClose();
                    command.run();
                  }}
                >
                  {command.label}
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
