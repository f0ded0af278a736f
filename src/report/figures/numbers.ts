// Numbers of the analysis → words: at most three significant digits of what is uncertain, units that a reader knows.

import { hoursPerYear, type Basis, type FailureFigures } from '../../base/figures.js';

/** Three significant digits, without an exponent where that stays short: `0.00577`, `105`, `1.2e-7`. */
export function significant(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** As precise as its complement with three digits: 0.00577 down is `99.423 %`. */
export function percentUp(unavailability: number): string {
  if (unavailability <= 0) return '100 %';
  if (unavailability > 0.5) return percent(1 - unavailability);
  const down = Number(unavailability.toPrecision(3)) * 100;
  const decimals = Math.min(13, Math.max(0, 2 - Math.floor(Math.log10(down))));
  const text = (100 - down).toFixed(decimals);
  return `${text.includes('.') ? text.replace(/\.?0+$/, '') : text} %`;
}

export function percent(share: number): string {
  return `${significant(share * 100)} %`;
}

/** `9.25 hours`, `3.2 minutes`, `12 seconds`, `none`. */
export function duration(hours: number): string {
  const size = Math.abs(hours);
  if (size === 0) return 'none';
  if (Number((size * 60).toPrecision(3)) >= 60) return counted(size, 'hour');
  if (Number((size * 3600).toPrecision(3)) >= 60) return counted(size * 60, 'minute');
  return size * 3600 < 0.001 ? 'under a millisecond' : counted(size * 3600, 'second');
}

function counted(value: number, unit: string): string {
  const text = significant(value);
  return `${text} ${unit}${text === '1' ? '' : 's'}`;
}

/** `+3.2 minutes`, `-9 hours`, `none`. */
export function signedDuration(hours: number): string {
  return `${hours > 0 ? '+' : hours < 0 ? '-' : ''}${duration(hours)}`;
}

/** `480 requests a second`; up to six digits, as a load is stated and not estimated. */
export function rate(load: number | null): string {
  if (load === null) return 'no limit';
  const text = plainRate(load);
  return `${text} ${text === '1' ? 'request' : 'requests'} a second`;
}

export function plainRate(load: number | null): string {
  return load === null ? 'no limit' : String(Number(load.toPrecision(6)));
}

/** An exact figure, or an interval rounded outward and never narrower than what is known. */
export interface Shown {
  readonly availability: string;
  readonly unavailability: string;
  readonly downtime: string;
}

export function shown(figures: FailureFigures): Shown {
  const { unavailability, exact } = figures;
  if (exact) {
    return {
      availability: percentUp(unavailability),
      unavailability: significant(unavailability),
      downtime: duration(unavailability * hoursPerYear),
    };
  }
  const least = outward(figures.leastUnavailability, Math.floor);
  const most = outward(figures.mostUnavailability, Math.ceil);
  if (least === 0) {
    return {
      availability: `at least ${percentUp(most)}`,
      unavailability: `at most ${significant(most)}`,
      downtime: `at most ${duration(most * hoursPerYear)}`,
    };
  }
  return {
    availability: `between ${percentUp(most)} and ${percentUp(least)}`,
    unavailability: `between ${significant(least)} and ${significant(most)}`,
    downtime: `between ${duration(least * hoursPerYear)} and ${duration(most * hoursPerYear)}`,
  };
}

/** To three significant digits, downward or upward. */
function outward(value: number, round: (value: number) => number): number {
  if (value <= 0) return 0;
  const exponent = Math.floor(Math.log10(value)) - 2;
  // A power of ten with a negative exponent is not exact; its inverse is.
  const scaled =
    exponent < 0 ? round(value * 10 ** -exponent) / 10 ** -exponent : round(value / 10 ** exponent) * 10 ** exponent;
  return Math.min(1, scaled);
}

/** Where the availability of an element comes from. */
export const basisWords: Readonly<Record<Basis, string>> = {
  stated: '',
  mtbf: 'by mtbf',
  sla: 'by sla',
  managed: 'assumed',
  default: 'assumed',
};
