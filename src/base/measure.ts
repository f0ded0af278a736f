// Work → the same work, watched. A stage tells what it is about to do; whoever handed in the measure has the clock.

/** What time goes to: a stage of the road, an analysis that several rules share, or one rule. */
export interface Part {
  readonly of: 'stage' | 'analysis' | 'rule';
  readonly name: string;
}

/** Does the work and returns its result. Parts stand inside one another: the time of the inner one is not that of the outer. */
export type Measure = <T>(part: Part, work: () => T) => T;

export const unmeasured: Measure = (_, work) => work();
