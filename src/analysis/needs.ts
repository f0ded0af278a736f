// System → who needs which connections, in which circumstances: what the structure of failure and the walks along journeys share.

import type { Connection, Journey, Node } from '../model/system.js';
import { perSystem } from './shared.js';

/** How a journey came to where it is; what a component needs depends on it. */
export interface Circumstances {
  /** The record by which the journey entered, if some connection is `for` it; else empty. */
  readonly entered: string;
  /** Over ssh: a component goes on over its own ssh connections, if it has any, instead of its other needs. */
  readonly ssh: boolean;
}

export interface Needs {
  /** The needs of a caller. */
  of(caller: Node, circumstances: Circumstances): readonly Connection[];
  /** The circumstances in which a journey calls a target that was named by this record. */
  entering(journey: Journey, record: string | undefined): Circumstances;
  /** What matters of them to this caller, and to whatever it calls. */
  at(caller: Node, circumstances: Circumstances): Circumstances;
}

export const needsOf = perSystem('needs', (system): Needs => {
  const needs: Connection[][] = Array.from({ length: system.nodes.size }, () => []);
  const shells: (Connection[] | undefined)[] = [];
  const names = new Set<string>();
  /** Callers of which some connection is reserved for a name. */
  const reserved = new Set<Node>();
  for (const connection of system.connections) {
    for (const name of connection.only) names.add(name);
    for (const caller of connection.callers) {
      if (connection.need) needs[caller.index]?.push(connection);
      if (connection.only.length > 0) reserved.add(caller);
      if (connection.protocol?.name === 'ssh') (shells[caller.index] ??= []).push(connection);
    }
  }
  return {
    of(caller, { entered, ssh }) {
      const shell = ssh ? shells[caller.index] : undefined;
      const all = shell ? shell.filter((one) => one.need) : (needs[caller.index] ?? []);
      if (!reserved.has(caller)) return all;
      return all.filter((one) => one.only.length === 0 || one.only.includes(entered));
    },
    entering(journey, record) {
      const name = record ?? journey.record ?? '';
      return { entered: names.has(name) ? name : '', ssh: journey.protocol?.name === 'ssh' };
    },
    at(caller, circumstances) {
      return circumstances.ssh && !shells[caller.index] ? { ...circumstances, ssh: false } : circumstances;
    },
  };
});
