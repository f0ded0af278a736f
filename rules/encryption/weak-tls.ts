// Components that state they accept a version of TLS that is broken.

import { machineOf } from '../../src/analysis/paths.js';
import { shortName } from '../../src/analysis/short-names.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf, pathThrough } from '../wording.js';

const broken: Readonly<Record<string, string>> = { ssl: 'SSL', '1.0': 'TLS 1.0', '1.1': 'TLS 1.1' };

export const weakTls = rule({
  id: 'weak-tls',
  category: 'encryption',
  summary: 'a component states that it accepts SSL, TLS 1.0 or TLS 1.1',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    for (const node of system.nodes.values()) {
      const stated = node.facts.tls;
      const version = broken[stated?.value ?? ''];
      if (!stated || version === undefined || node.caller) continue;
      yield {
        message: `${nameOf(system, node)} accepts ${version}, which is broken`,
        at: stated.at,
        label: 'anything below TLS 1.2 is withdrawn (RFC 8996)',
        help: 'accept TLS 1.2 and later only, with `tls 1.2` or `tls 1.3`',
        witness: pathThrough([node.id, shortName(system, node)], [node.id, version]),
        fix: { title: 'state TLS 1.2', safety: 'suggestion', edits: [{ at: stated.at, text: '1.2' }] },
        subjects: [...new Set([node.id, machineOf(node).id])],
        group: {
          key: `${stated.at.source.path} ${stated.at.start}`,
          message: (subjects) =>
            `${namesOf(
              system,
              subjects.flatMap((id) => system.nodes.get(id) ?? []).filter(({ facts }) => facts.tls),
            )} accept ${version}, which is broken`,
        },
      };
    }
  },
});
