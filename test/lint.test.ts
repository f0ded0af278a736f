// The runner: accepts, precedence, groups, order and settings, with the rules about failing.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from '../grammar/index.js';
import { catalogue } from '../rules/index.js';
import { rule, type Finding, type Rule } from '../rules/rule.js';
import type { Measure, Part } from '../src/base/measure.js';
import { textAt } from '../src/base/source.js';
import { stopwatch } from '../src/cli/run/timing.js';
import { lint, type LintSettings } from '../src/lint/index.js';
import { projectOf, resolve, type System } from '../src/model/index.js';
import { randomStatements } from './random-site.js';
import { brief, check, failing } from './linted.js';
import { archlint } from './world.js';

describe('messages about failing', () => {
  const said = (text: string, code: string) => check(text, {}, failing).filter((one) => one.code === code);

  test('a host that holds the only balancer and the only database', () => {
    const [finding, ...others] = said(
      'client visitor\nhost a, b { web nginx }\nhost c {\n lb haproxy\n db mysql\n}\nvisitor -> haproxy -> nginx : http\nnginx -> mysql : mysql',
      'spof',
    );
    expect(others).toEqual([]);
    expect(finding && textAt(finding.at)).toBe('c');
    expect(finding).toMatchObject({
      severity: 'error',
      message: 'host `c` is a single point of failure',
      label: 'if it stops, `visitor` can no longer use `haproxy`',
      help: 'give `haproxy` and `mysql` a second host each; `archlint explain spof`',
    });
    expect(finding?.related.map(({ at, message }) => `${textAt(at)}: ${message}`)).toEqual([
      'haproxy: the only load balancer',
      'mysql: the only database',
    ]);
    expect(finding?.witness).toEqual({
      kind: 'failure',
      steps: [
        { node: 'c', text: 'c' },
        { node: 'c/haproxy', text: 'haproxy (0 of 1)' },
        { node: 'visitor', text: 'visitor' },
      ],
    });
  });

  test('several journeys that stop by the same element are one finding', () => {
    const found = said(
      'client a\nclient b\nhost h { web w; app x }\na -> w : http\nb -> w : http\nb -> x : tcp/81',
      'spof',
    );
    expect(found.map(({ label }) => label)).toEqual([
      'if it stops, `a` can no longer use `w`, nor 1 other client what they need',
    ]);
  });

  test('promotion by hand is said', () => {
    const text =
      'client u\nhost p { db d { role primary } }\nhost r { db d { role replica; standby manual } }\nu -> d : mysql';
    expect(said(text, 'write-spof').map(({ message }) => message)).toEqual([
      '`p/d` is a single point of failure for writes: promotion is by hand',
    ]);
    expect(said(text.replace('; standby manual', ''), 'write-spof').map(({ message }) => message)).toEqual([
      '`p/d` is a single point of failure for writes',
    ]);
  });

  test('a standby that waits for people is named', () => {
    const [finding] = said('client u\nhost a { lb l }\nhost b { lb l { standby manual } }\nu -> a/l : https', 'spof');
    expect(finding?.notes).toEqual(['`b/l` takes over only by hand (`standby manual`), which is no redundancy']);
  });

  test('one place that holds two redundant tiers is one finding', () => {
    const text = 'client u\nhost h { web w[2]; app a[2] }\nu -> w -> a : http';
    expect(brief(text, {}, failing)).toEqual(['co-location h h/w-1 h/w-2 h/a-1 h/a-2', 'maintenance-downtime h']);
    expect(said(text, 'co-location').map(({ message }) => message)).toEqual(['host `h` holds all of `w` and `a`']);
  });
});

describe('accepts', () => {
  const site = (host: string, file = '') =>
    `${file}\nclient u\nhost h {\n ${host}\n web w\n app a\n}\nu -> w -> a : http`;
  const all = ['maintenance-downtime h', 'not-scalable h/w h/a', 'spof h'];

  test('take a subject out and keep it in the report', () => {
    const found = check(site('accept spof "until launch" until 2027-03-01'), {}, failing).find(
      ({ code }) => code === 'spof',
    );
    expect(found?.accepted).toEqual({ reason: 'until launch', until: '2027-03-01' });
    expect(brief(site('accept spof "until launch"'), {}, failing)).toEqual(['(spof h)', ...all.slice(0, 2)]);
    expect(brief(site('', 'accept spof "until launch"'), {}, failing)).toEqual(['(spof h)', ...all.slice(0, 2)]);
  });

  test('take only their own subject out of a joint finding', () => {
    const text = site('').replace('web w', 'web w { accept not-scalable "small" }');
    expect(brief(text, {}, failing)).toEqual([
      '(not-scalable h/w)',
      'maintenance-downtime h',
      'not-scalable h/a',
      'spof h',
    ]);
    const [left] = check(text, {}, failing).filter((one) => one.code === 'not-scalable' && !one.accepted);
    expect(left?.message).toBe('application server `a` has one instance and no balancer before it');
  });

  test('of a tier leave the other tiers of its place', () => {
    const text = 'client u\nhost h { web w[2] { accept co-location "small" }; app a[2] }\nu -> w -> a : http';
    expect(brief(text, {}, failing)).toEqual([
      '(co-location h h/w-1 h/w-2)',
      'co-location h h/a-1 h/a-2',
      'maintenance-downtime h',
    ]);
  });

  test('in a connection match what is about that hop, in a zone what is about its records', () => {
    const text = (accept: string) => `client u\nweb w\nu -> w : http${accept}`;
    const https = (found: string[]) => found.filter((one) => one.includes('missing-https'));
    expect(https(brief(text('')))).toEqual(['missing-https u w']);
    expect(https(brief(text(' { accept missing-https "a price list" }')))).toEqual(['(missing-https u w)']);
    const zone =
      'client u\ndns foobar.com {\n accept unroutable-address "a placeholder"\n www A 0.0.0.0\n}\nweb w\nu -> w : https';
    expect(brief(zone).filter((one) => one.includes('unroutable'))).toEqual(['(unroutable-address www.foobar.com)']);
  });

  test('that match nothing are findings, with a fix', () => {
    const text = site('accept write-spof "none here"');
    const [useless] = check(text, {}, failing).filter(({ code }) => code === 'useless-accept');
    expect(useless).toMatchObject({
      severity: 'warning',
      message: '`accept write-spof` matches no finding',
      subjects: ['h'],
    });
    const [edit] = useless?.fix?.edits ?? [];
    if (!edit) throw new Error('no edit');
    const fixed = text.slice(0, edit.at.start) + edit.text + text.slice(edit.at.end);
    expect(fixed).toBe(site('').replace(' \n', ''));
    expect(brief(fixed, {}, failing)).toEqual(all);
  });

  test('within a line are removed with what parts them from the next', () => {
    const text = 'client u\nhost h, i { accept spof "none"; web w }\nu -> w : http';
    const [edit] = check(text, {}, failing).find(({ code }) => code === 'useless-accept')?.fix?.edits ?? [];
    if (!edit) throw new Error('no edit');
    expect(text.slice(0, edit.at.start) + edit.text + text.slice(edit.at.end)).toBe(
      'client u\nhost h, i { web w }\nu -> w : http',
    );
  });

  test('of an unknown rule name the nearest', () => {
    const found = check(site('accept spoof "typo"'), {}, failing).find(({ code }) => code === 'useless-accept');
    expect(found).toMatchObject({ message: 'no rule is called `spoof`', help: 'did you mean `spof`?' });
    expect(found && textAt(found.at)).toBe('spoof');
  });

  test('that have run out are errors, and the finding comes back', () => {
    const text = site('accept spof "until launch" until 2027-03-01');
    expect(brief(text, { today: '2027-03-01' }, failing)).toEqual(['(spof h)', ...all.slice(0, 2)]);
    expect(brief(text, { today: '2027-03-02' }, failing)).toEqual(['expired-accept h', ...all]);
    expect(brief(text, {}, failing)).toEqual(['(spof h)', ...all.slice(0, 2)]);
  });

  test('of a rule that takes no part, or in a text that could not be read whole, are not judged', () => {
    const codes = (text: string, settings: LintSettings = {}) => check(text, settings).map(({ code }) => code);
    expect(codes(site('accept write-spof "x"'), { rules: { 'write-spof': 'off' } })).not.toContain('useless-accept');
    expect(codes(`${site('accept write-spof "x"')}\nu -> nowhere : http`)).not.toContain('useless-accept');
    expect(codes(site('accept write-spof "x"'), { rules: { 'useless-accept': 'off' } })).not.toContain(
      'useless-accept',
    );
  });

  test('of what a stronger rule names are in use', () => {
    const text = 'client u\nhost h { accept spof "small"; web w[2] }\nu -> w : http';
    expect(brief(text, {}, failing)).toEqual(['co-location h h/w-1 h/w-2', 'maintenance-downtime h']);
  });
});

describe('precedence', () => {
  const together = 'client u\nhost h { web w[2] }\nu -> w : http';

  test('one cause is one finding, and turning a rule off makes no other louder', () => {
    expect(brief(together, {}, failing)).toEqual(['co-location h h/w-1 h/w-2', 'maintenance-downtime h']);
    expect(brief(together, { rules: { 'co-location': 'off' } }, failing)).toEqual(['maintenance-downtime h']);
    expect(brief(together.replace('host h {', 'host h { accept co-location "small";'), {}, failing)).toEqual([
      '(co-location h h/w-1 h/w-2)',
      'maintenance-downtime h',
    ]);
  });

  test('what the weaker rule adds becomes a note', () => {
    const text =
      'client u\nclient v\nhost h { db d { role primary }; web w }\nhost i { db d { role replica } }\nu -> d : mysql\nv -> w : http';
    const found = check(text, {}, failing);
    expect(found.map(({ code }) => code)).not.toContain('write-spof');
    expect(found.find(({ code }) => code === 'spof')?.notes).toEqual([
      '`h/d` stands here: with it writes stop that could go on elsewhere',
    ]);
  });
});

describe('the runner', () => {
  const host = (name: string, system: System): Finding => {
    const node = system.nodes.get(name);
    if (!node) throw new Error(name);
    return {
      message: `${name} is`,
      at: node.at,
      subjects: [name],
      group: { key: 'all', message: (subjects) => `${subjects.join(', ')} are` },
    };
  };
  const parts = {
    category: 'names',
    summary: 'a test',
    preset: 'recommended',
    fixable: false,
    severity: 'warning',
  } as const;
  const hosts = (id: string, more: Partial<Rule> = {}) =>
    rule({
      ...parts,
      id,
      options: { skip: '' },
      *check(system, { skip }) {
        for (const name of ['b', 'a']) if (name !== skip) yield host(name, system);
      },
      ...more,
    } as Rule<{ skip: string }>);
  const text = 'host a\nhost b';

  test('takes no time for each pair where thousands call thousands', () => {
    const text = `client visitor
host h[6000] { web w }
host k[6000] { db d }
visitor -> w : https
w -> d : postgres tls
`;
    const { system, diagnostics } = resolve(projectOf(parse({ path: 'many.infra', text })));
    const begin = performance.now();
    const found = lint(system, diagnostics, catalogue, { preset: 'strict' });
    expect(new Set(found.map(({ code }) => code))).toEqual(
      new Set(['missing-firewall', 'missing-monitoring', 'missing-backup', 'unreplicated']),
    );
    // Thirty-six million pairs would take minutes.
    expect(performance.now() - begin).toBeLessThan(6000);
  }, 60_000);

  test('joins findings of one key, in the order of the text', () => {
    const [found, ...others] = check(text, {}, [hosts('one')]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ message: 'a, b are', subjects: ['a', 'b'] });
    expect(found && textAt(found.at)).toBe('a');
    expect(found?.related.map(({ at }) => textAt(at))).toEqual(['b']);
  });

  test('marks the copies of one declaration once', () => {
    const copies = rule({
      ...parts,
      id: 'copies',
      options: {},
      *check(system) {
        yield host('h-1', system);
        yield host('h-2', system);
      },
    });
    expect(check('host h[2]', {}, [copies])).toMatchObject([{ message: 'h-1, h-2 are', related: [] }]);
  });

  test('takes severities, options and aliases from the settings', () => {
    const rules = [hosts('one', { aliases: ['old'] }), hosts('extra', { preset: 'strict' })];
    expect(brief(text, {}, rules)).toEqual(['one a b']);
    expect(brief(text, { preset: 'strict' }, rules)).toEqual(['extra a b', 'one a b']);
    expect(brief(text, { rules: { old: 'off', extra: { options: { skip: 'a' } } } }, rules)).toEqual(['extra b']);
    expect(check(text, { rules: { one: 'info' } }, rules)).toMatchObject([{ severity: 'info' }]);
  });

  test('leaves out what concludes from absence when the text was not understood', () => {
    const rules = [hosts('one', { absence: true })];
    expect(brief(`${text}\nhost`, {}, rules).filter((one) => one.startsWith('one'))).toEqual([]);
  });

  test('passes faults of ours on', () => {
    const broken = hosts('one', {
      check: () => {
        throw new Error('ours');
      },
    });
    expect(() => check(text, {}, [broken])).toThrow('ours');
  });

  test('says the same whatever the order of declaration', () => {
    const shuffled = randomStatements.chain((statements) =>
      fc.tuple(fc.constant(statements), fc.shuffledSubarray(statements, { minLength: statements.length })),
    );
    fc.assert(
      fc.property(shuffled, ([statements, others]) => {
        const words = (lines: readonly string[]) =>
          brief(lines.join('\n'), {}, failing)
            .map((one) => one.split(' ').sort().join(' '))
            .sort();
        expect(words(others)).toEqual(words(statements));
      }),
      { numRuns: 60 },
    );
  });
});

describe('where the time goes', () => {
  const shop = 'client visitor\nhost c { web nginx }\nvisitor -> nginx : http\n';

  test('to the innermost part at work, with what is small in one line', () => {
    let now = 0;
    const pass = (milliseconds: number) => () => void (now += milliseconds);
    const { measure, table } = stopwatch(() => now);
    pass(5)();
    measure({ of: 'stage', name: 'resolving' }, pass(1000));
    measure({ of: 'rule', name: 'spof' }, () => {
      pass(20)();
      measure({ of: 'analysis', name: 'single points' }, pass(300));
      pass(10)();
    });
    measure({ of: 'rule', name: 'spof' }, pass(600));
    for (const name of ['unused', 'overload']) measure({ of: 'rule', name }, pass(1));
    expect(() => measure({ of: 'rule', name: 'objective' }, () => { pass(63)(); throw new Error('no'); })).toThrow('no'); // prettier-ignore
    expect(table()).toBe(
      [
        'where the time went, of 2000.0 ms since the command began:',
        '  resolving                             1000.0 ms    50.0 %',
        '  reporting and the rest                   5.0 ms     0.3 %',
        '  analyses that rules share              300.0 ms    15.0 %',
        '    single points                        300.0 ms    15.0 %',
        '  rules                                  695.0 ms    34.8 %',
        '    spof                                 630.0 ms    31.5 %',
        '    objective                             63.0 ms     3.1 %',
        '    2 more, each below 0.1 %               2.0 ms     0.1 %',
        '',
      ].join('\n'),
    );
  });

  test('each rule that ran is told, and each analysis once, by whichever rule asks first', () => {
    const told: Part[] = [];
    const inside: Part[] = [];
    const nested: string[] = [];
    const measure: Measure = (part, work) => {
      told.push(part);
      if (part.of === 'analysis') nested.push(inside.at(-1)?.of ?? 'none');
      inside.push(part);
      const result = work();
      inside.pop();
      return result;
    };
    const { system, diagnostics } = resolve(projectOf(parse({ path: 'shop.infra', text: shop })));
    const findings = lint(system, diagnostics, catalogue, { preset: 'strict', measure });
    const names = (of: Part['of']) => told.filter((part) => part.of === of).map(({ name }) => name);
    expect(names('rule')).toEqual(catalogue.filter((one) => one.check !== undefined).map(({ id }) => id));
    const analyses = names('analysis');
    expect(analyses).toEqual(expect.arrayContaining(['structure of failure', 'single points', 'exposure']));
    expect(analyses.filter((name) => name === 'exposure')).toHaveLength(1);
    expect(nested).not.toContain('none');
    expect(findings).toEqual(lint(system, diagnostics, catalogue, { preset: 'strict' }));
  });

  test('--timing adds a table on stderr, and changes nothing else', async () => {
    const files = { '/project/shop.infra': shop };
    const plain = await archlint(['check', 'shop.infra'], { files });
    const timed = await archlint(['check', 'shop.infra', '--timing'], { files });
    expect({ ...timed, stderr: '' }).toEqual(plain);
    for (const name of ['reading', 'resolving', 'single points', 'spof', 'reporting and the rest']) {
      expect(timed.stderr).toMatch(new RegExp(`^ +${name} +[0-9.]+ ms +[0-9.]+ %$`, 'm'));
    }
  });
});
