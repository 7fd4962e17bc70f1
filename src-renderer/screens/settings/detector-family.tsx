// One family of detectors: each with what it needs, whether it runs, and its numbers.
import type { DetectionSettings } from '#shared/model/detection.ts';
import type { DetectorFamily, DetectorListing } from '#shared/model/story.ts';
import { Chip } from '../../components/chip.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { text } from '../../texts/text.ts';
import { isOn, withDetector, withFamily, withNumber } from './detection-draft.ts';
import styles from './detection-panel.module.css';
import { DetectorNumbers } from './detector-numbers.tsx';

type Change = ((settings: DetectionSettings) => void) | null;

type FamilyProps = {
  family: DetectorFamily;
  detectors: readonly DetectorListing[];
  settings: DetectionSettings;
  /** Null while nothing is being changed. */
  onChange: Change;
};

export function DetectorFamilySection({ family, detectors, settings, onChange }: FamilyProps) {
  const members = detectors.filter((detector) => detector.family === family);
  if (members.length === 0) return null;
  const running = members.filter((detector) => isOn(detector, settings)).length;
  const isPreset = family !== 'built-in' && family !== 'own';
  return (
    <details className={styles.family}>
      <summary className={styles.summary}>
        <span className={styles.familyName}>{text(`settings:family.${family}`)}</span>
        <span className={styles.note}>
          {running === 0
            ? text('settings:family.off')
            : text('settings:family.on', { running, count: members.length })}
        </span>
      </summary>
      {isPreset && onChange !== null && (
        <label className={styles.all}>
          <input
            type="checkbox"
            checked={running === members.length}
            onChange={(event) => onChange(withFamily(settings, family, event.target.checked, detectors))}
          />
          {text('settings:family.all')}
        </label>
      )}
      <ul className={styles.rows}>
        {members.map((detector) => (
          <Row
            key={detector.id}
            detector={detector}
            detectors={detectors}
            settings={settings}
            onChange={onChange}
          />
        ))}
      </ul>
    </details>
  );
}

type RowProps = Omit<FamilyProps, 'family'> & { detector: DetectorListing };

function Row({ detector, detectors, settings, onChange }: RowProps) {
  const { id, title, description, needs, parameters } = detector;
  const on = isOn(detector, settings);
  return (
    <li className={styles.row}>
      <div className={styles.rowHead}>
        <label className={styles.name}>
          <input
            type="checkbox"
            checked={on}
            disabled={onChange === null}
            onChange={(event) =>
              onChange?.(withDetector(settings, detector, event.target.checked, detectors))
            }
          />
          <span>
            {visibleText(title)} <code className={styles.id}>{visibleText(id)}</code>
          </span>
        </label>
        <Evaluable detector={detector} />
      </div>
      <p className={styles.description}>{visibleText(description)}</p>
      <p className={styles.note}>
        {needs.length === 0
          ? text('settings:detector.needsNothing')
          : text('settings:detector.needs', { fields: needs.join(', ') })}
      </p>
      {parameters.length > 0 && (
        <DetectorNumbers
          detector={detector}
          own={settings.parameters[id] ?? {}}
          onChange={
            onChange === null
              ? null
              : (name, value, standard) => onChange(withNumber(settings, id, name, value, standard))
          }
        />
      )}
    </li>
  );
}

function Evaluable({ detector: { lacks, evaluable } }: { detector: DetectorListing }) {
  if (lacks !== null) return <Chip tone="warning">{text('settings:detector.lacks', { field: lacks })}</Chip>;
  return evaluable === null ? (
    <Chip>{text('settings:detector.unknown')}</Chip>
  ) : (
    <Chip tone="good">{text('settings:detector.evaluable')}</Chip>
  );
}
