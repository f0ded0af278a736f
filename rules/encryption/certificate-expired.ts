// Certificates whose last day, as stated, has passed by the day of the check.

import { machineOf } from '../../src/analysis/paths.js';
import { shortName } from '../../src/analysis/short-names.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf, pathThrough } from '../wording.js';

export const certificateExpired = rule({
  id: 'certificate-expired',
  category: 'encryption',
  summary: 'the last day of a certificate has passed',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system, _, { today }): Iterable<Finding> {
    if (today === undefined) return;
    for (const node of system.nodes.values()) {
      const { expires, certificate } = node.facts;
      // Dates of one form compare as text. The day itself still counts.
      if (!expires || expires.value >= today || node.caller) continue;
      yield {
        message: `the certificate of ${nameOf(system, node)} expired on ${expires.value}`,
        at: expires.at,
        label: `before ${today}, the day of this check`,
        related: certificate ? [{ at: certificate.at, message: 'it names these' }] : [],
        help: 'renew it, state its new last day, and let something renew the next one by itself',
        witness: pathThrough(
          [node.id, shortName(system, node)],
          [node.id, `expires ${expires.value}`],
          [node.id, today],
        ),
        subjects: [...new Set([node.id, machineOf(node).id])],
        group: {
          key: `${expires.at.source.path} ${expires.at.start} ${expires.value}`,
          message: (subjects) =>
            `the certificates of ${namesOf(
              system,
              subjects.flatMap((id) => system.nodes.get(id) ?? []).filter(({ facts }) => facts.expires),
            )} expired on ${expires.value}`,
        },
      };
    }
  },
});
