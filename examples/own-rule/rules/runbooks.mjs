// Hosts without a link to their runbook: a rule of a team's own.

export const rules = [
  {
    id: 'acme/missing-runbook',
    category: 'eyes and data',
    summary: 'a host has no link to its runbook',
    severity: 'warning',
    preset: 'recommended',
    options: {},
    fixable: false,
    *check(system) {
      for (const { id, kind, at, facts } of system.nodes.values()) {
        if (kind !== 'host' || facts.link) continue;
        yield {
          message: `\`${id}\` has no link to its runbook`,
          at,
          subjects: [id],
          help: 'state it: `link "https://…"`',
        };
      }
    },
  },
];
