// System → what is computed of it once, when first asked for, and shared by all who ask.

import type { Measure } from '../base/measure.js';
import type { System } from '../model/system.js';

/** Kept beside the system as the results are: who asks first is chance, so the time of an analysis is no rule's. */
const measures = new WeakMap<System, Measure>();

/** From now on the measure is told of every analysis of this system. */
export function measureAnalyses(system: System, measure: Measure): void {
  measures.set(system, measure);
}

/** `what` completes "time that goes to …". */
export function measured<T>(system: System, what: string, work: () => T): T {
  const measure = measures.get(system);
  return measure ? measure({ of: 'analysis', name: what }, work) : work();
}

/** Computes once for each system; the result lives as long as the system does. */
export function perSystem<T>(what: string, compute: (system: System) => T): (system: System) => T {
  const known = new WeakMap<System, { readonly result: T }>();
  return (system) => {
    const before = known.get(system);
    if (before) return before.result;
    const result = measured(system, what, () => compute(system));
    known.set(system, { result });
    return result;
  };
}
