// The options of connect that say what is kept on this computer.
import {
  minimisableFields,
  mirrorLimits,
  unlimitedMirror,
  type MirrorLimits,
} from '#shared/model/connection.ts';
import { oneOf, text, UsageError, wholeNumber, type CommandOption, type OptionValues } from './command.ts';

export const mirrorOptions: Readonly<Record<string, CommandOption>> = {
  mirror: {
    type: 'string',
    value: 'WHAT',
    description: 'rows copies every event (the default); cells leaves them there and keeps only counts',
  },
  'mirror-fields': {
    type: 'string',
    value: 'LIST',
    description: 'copy only these fields beside id, time, actor and action: commas between them, or none',
  },
  'mirror-days': {
    type: 'string',
    value: 'N',
    description: 'remove copied events after so many days, when they were counted and judged',
  },
};

/** Undefined when none of the options is given. */
export function mirrorOf(values: OptionValues): MirrorLimits | undefined {
  const what = text(values, 'mirror');
  const list = text(values, 'mirror-fields');
  const days = daysOf(values);
  if (what === undefined && list === undefined && days === undefined) return undefined;
  const rows = oneOf(what ?? 'rows', ['rows', 'cells'], '--mirror') === 'rows';
  if (!rows && (list !== undefined || days !== undefined))
    throw new UsageError(
      '--mirror cells copies no events, so --mirror-fields and --mirror-days say nothing about it.',
    );
  const fields = list === undefined ? unlimitedMirror.fields : fieldsOf(list);
  return { rows, fields, days: days ?? unlimitedMirror.days };
}

function daysOf(values: OptionValues): number | undefined {
  const days = wholeNumber(values, 'mirror-days', 1);
  if (days === undefined || mirrorLimits.shape.days.safeParse(days).success) return days;
  throw new UsageError('--mirror-days takes a whole number from 100 to 36500: detectors look back that far.');
}

function fieldsOf(list: string): MirrorLimits['fields'] {
  if (list === 'none') return [];
  return list.split(',').map((field) => oneOf(field.trim(), minimisableFields, 'Each of --mirror-fields'));
}
