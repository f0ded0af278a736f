// Components that state they accept a version of TLS that the standards have withdrawn.

import { machineOf } from '../../src/analysis/paths.js';
import { shortName } from '../../src/analysis/short-names.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf, pathThrough } from '../wording.js';

const withdrawn: Readonly<Record<string, { version: string; by: string }>> = {
  ssl: { version: 'SSL', by: 'RFC 6176 and RFC 7568' },
  '1.0': { version: 'TLS 1.0', by: 'RFC 8996' },
  '1.1': { version: 'TLS 1.1', by: 'RFC 8996' },
};

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
      const known = withdrawn[stated?.value ?? ''];
      if (!stated || !known || node.caller) continue;
      const { version, by } = known;
      yield {
        message: `${nameOf(system, node)} accepts ${version}, which is withdrawn`,
        at: stated.at,
        label: `must not be used any more (${by})`,
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
            )} accept ${version}, which is withdrawn`,
        },
      };
    }
  },
});
