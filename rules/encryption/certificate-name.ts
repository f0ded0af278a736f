// Records by which a component is called over TLS, and that its stated certificate does not name.

import { listed, quoted } from '../../src/base/words.js';
import { isTooWide, uncovered, type End } from '../../src/analysis/certificates.js';
import { machineOf, witnessOf } from '../../src/analysis/paths.js';
import { asciiName } from '../../src/model/international.js';
import type { System } from '../../src/model/system.js';
import { rule, type Finding } from '../rule.js';
import { nameOf, namesOf } from '../wording.js';

export const certificateName = rule({
  id: 'certificate-name',
  category: 'encryption',
  summary: 'the certificate of the component that ends TLS does not cover the name by which it is called',
  severity: 'error',
  preset: 'recommended',
  options: {},
  fixable: false,
  *check(system): Iterable<Finding> {
    const seen = new Set<string>();
    for (const connection of system.connections) {
      for (const one of uncovered(system, connection)) {
        const key = `${one.node.id} ${one.name}`;
        if (!seen.has(key)) yield finding(system, one);
        seen.add(key);
      }
    }
  },
});

function finding(system: System, { name, node, way }: End): Finding {
  const { certificate } = node.facts;
  const stated = certificate?.value ?? [];
  const covering = stated.filter((one) => !isTooWide(system, stated, one));
  return {
    message: `the certificate of ${nameOf(system, node)} does not cover ${quoted(name)}`,
    at: certificate?.at ?? node.at,
    label: `covers ${covering.length > 0 ? listed(covering.map(quoted)) : 'nothing'}`,
    related: way[0] ? [{ at: way[0].target.at, message: `${quoted(name)} is called here` }] : [],
    notes: reasons(system, stated, name),
    help: `get a certificate that names ${quoted(name)} as well, and state it`,
    witness: witnessOf(system, way),
    subjects: [...new Set([name, node.id, machineOf(node).id])],
    group: {
      key: `${certificate?.at.source.path ?? ''} ${certificate?.at.start ?? ''} ${name}`,
      message: (subjects) => {
        const nodes = subjects.flatMap((id) => system.nodes.get(id) ?? []).filter(({ facts }) => facts.certificate);
        return `the certificates of ${namesOf(system, nodes)} do not cover ${quoted(name)}`;
      },
    },
  };
}

/** Why a wildcard that looks as if it covered the name does not. */
function reasons(system: System, certificate: readonly string[], name: string): readonly string[] {
  const sent = asciiName(name);
  const isAround = (one: string): boolean => one.startsWith('*.') && sent.endsWith(asciiName(one).slice(1));
  // The nearest of them is the one that was meant.
  const wildcard = certificate.filter(isAround).sort((a, b) => b.length - a.length)[0];
  if (wildcard !== undefined)
    return [
      isTooWide(system, certificate, wildcard)
        ? `no authority issues ${quoted(wildcard)}, and browsers refuse it: it would hold for names of anybody`
        : `\`*\` stands for one label: ${quoted(wildcard)} covers ${quoted(`www${wildcard.slice(1)}`)}, and not ${quoted(name)}`,
    ];
  return certificate.some((one) => asciiName(one) === `*.${sent}` && !isTooWide(system, certificate, one))
    ? [`\`*.${name}\` covers the names below ${quoted(name)}, and not the name itself`]
    : [];
}
