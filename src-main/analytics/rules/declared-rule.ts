// A rule with its numbers on show: what it needs, which parameters it has, and the one sentence they make.
import { Problem } from '#shared/model/problem.ts';
import type { Detector, Evidence, Scope, Hit } from '../detector.ts';
import type { History } from '../history/history.ts';
import type { SegmentField } from '../history/segment.ts';
import type { GeoLookup } from './geo/geo-lookup.ts';

export type ParameterValue = number | boolean | readonly string[];
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

export interface Parameter<Value extends ParameterValue = ParameterValue> {
  readonly default: Value;
  /** “minutes”, “events”, “km/h”; empty where the value is no measure. */
  readonly unit: string;
  readonly meaning: string;
  /** Lowest value of a number; 0 unless stated. */
  readonly minimum?: number;
}

export type PresetName = 'insider' | 'service' | 'security';

/** What somebody changed, by rule and parameter, and where addresses are located. */
export interface PresetSettings {
  readonly values?: Readonly<Record<string, ParameterValues>>;
  /** Null or absent: there is no location file. */
  readonly locate?: GeoLookup | null;
}

/** A rule as it runs: with its values in place. */
export interface BoundRule<Values extends ParameterValues = ParameterValues> {
  readonly id: string;
  readonly methodVersion: string;
  readonly values: Values;
  readonly text: string;
}

export interface DeclaredRule {
  readonly id: string;
  readonly preset: PresetName;
  readonly title: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** The rule in one sentence, every number and comparison printed. */
  ruleText(settings?: PresetSettings): string;
  /** What stands in the way beside missing fields, as the end of “not evaluable: needs …”; null when nothing does. */
  lacks(settings: PresetSettings): string | null;
  /** @throws Problem `invalid-input` when a value of this rule cannot be one. */
  detector(settings: PresetSettings): Detector;
}

export interface RuleDefinition<Values extends ParameterValues> {
  readonly id: string;
  readonly preset: PresetName;
  readonly title: string;
  readonly version: number;
  readonly parameters: { readonly [Name in keyof Values]: Parameter<Values[Name]> };
  needs(values: Values, settings: PresetSettings): readonly SegmentField[];
  text(values: Values, settings: PresetSettings): string;
  reachDays(values: Values, settings: PresetSettings): number;
  lacks?(settings: PresetSettings): string | null;
  run(rule: BoundRule<Values>, history: History, scope: Scope, settings: PresetSettings): Hit[];
}

/** Makes a rule of its definition; the rule's values are the defaults with what the settings change. */
export function declareRule<Values extends ParameterValues>(
  definition: RuleDefinition<Values>,
): DeclaredRule & { values(settings?: PresetSettings): Values } {
  const { id, preset, title, parameters } = definition;
  const values = (settings: PresetSettings = {}) => mergeValues(definition, settings.values?.[id] ?? {});
  const bind = (settings: PresetSettings): BoundRule<Values> => {
    const own = values(settings);
    const methodVersion = `${id}/${definition.version}`;
    return { id, methodVersion, values: own, text: definition.text(own, settings) };
  };
  return {
    id,
    preset,
    title,
    parameters,
    values,
    ruleText: (settings = {}) => bind(settings).text,
    lacks: (settings) => definition.lacks?.(settings) ?? null,
    detector: (settings) => {
      const rule = bind(settings);
      return {
        id,
        version: rule.methodVersion,
        title,
        needs: definition.needs(rule.values, settings),
        reachDays: definition.reachDays(rule.values, settings),
        run: (history, scope) => definition.run(rule, history, scope, settings),
      };
    },
  };
}

/** The parameters as evidence, so that a finding can be recomputed from itself. */
export function valuesAsEvidence(values: ParameterValues): Evidence {
  return { ...values };
}

function mergeValues<Values extends ParameterValues>(
  { id, parameters }: RuleDefinition<Values>,
  changes: ParameterValues,
): Values {
  const known: Readonly<Record<string, Parameter>> = parameters;
  for (const [name, value] of Object.entries(changes)) {
    const parameter = Object.hasOwn(known, name) ? known[name] : undefined;
    if (parameter === undefined) throw refuse(id, `has no parameter “${name}”`);
    const fault = faultOf(parameter, value);
    if (fault !== null) throw refuse(id, `cannot use that value of “${name}”: ${fault}`);
  }
  const defaults = Object.entries(known).map(([name, parameter]) => [name, parameter.default] as const);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the loop above has shown that names and kinds are those of the defaults
  return { ...Object.fromEntries(defaults), ...changes } as Values;
}

function faultOf(parameter: Parameter, value: ParameterValue): string | null {
  if (typeof parameter.default === 'number') {
    const minimum = parameter.minimum ?? 0;
    const isFit = typeof value === 'number' && Number.isFinite(value) && value >= minimum;
    return isFit ? null : `it must be a number of at least ${minimum}`;
  }
  if (typeof parameter.default === 'boolean')
    return typeof value === 'boolean' ? null : 'it must be yes or no';
  const isList = Array.isArray(value) && value.every((text) => typeof text === 'string' && text !== '');
  return isList ? null : 'it must be a list of texts';
}

function refuse(id: string, why: string): Problem {
  return new Problem('invalid-input', `The rule ${id} ${why}. Nothing was changed.`, {
    next: 'Compare the names and units in the list of rules.',
  });
}
