// Comments that accept a risk: which line they are about, what they take out, and what is said of those that are at fault; and the list of all
// that is accepted.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from '../grammar/index.js';
import { textAt } from '../src/base/source.js';
import { projectOf, resolve } from '../src/model/index.js';
import { brief, check, failing } from './linted.js';
import { archlint } from './world.js';

describe('accepts in comments', () => {
  const site = (host = '', app = '', call = '') =>
    `client u\nhost h {${host}\n  web w\n  app a${app}\n}\nu -> w -> a : http${call}`;
  const all = ['maintenance-downtime h', 'not-scalable h/w h/a', 'spof h'];
  const fixed = (text: string) => {
    const [edit] = check(text, {}, failing).find(({ code }) => code === 'useless-accept')?.fix?.edits ?? [];
    return edit && text.slice(0, edit.at.start) + edit.text + text.slice(edit.at.end);
  };

  test('accept what stands on their line, behind it or below', () => {
    const found = ['(spof h)', ...all.slice(0, 2)];
    expect(brief(site(' # archlint-accept spof until 2027-03-01: small'), {}, failing)).toEqual(found);
    const above = site().replace('host', '#  archlint-accept spof : small: and cheap\n\n# the edge\nhost');
    expect(brief(above, {}, failing)).toEqual(found);
    expect(check(above, {}, failing).find(({ code }) => code === 'spof')?.accepted).toEqual({
      reason: 'small: and cheap',
    });
    expect(brief(site('', ' # archlint-accept not-scalable: x'), {}, failing)).toEqual([
      '(not-scalable h/a)',
      'maintenance-downtime h',
      'not-scalable h/w',
      'spof h',
    ]);
    expect(brief(site('', '', ' # archlint-accept missing-https: x'))).toContain('(missing-https u h/w)');
    const zone = (end: string) =>
      `client u\ndns foobar.com {\n www A 0.0.0.0${end}\n api A 0.0.0.0\n}\nweb w\nu -> w : https`;
    expect(brief(zone(' # archlint-accept unroutable-address: x')).filter((one) => one.includes('unroutable'))).toEqual(
      ['(unroutable-address www.foobar.com)', 'unroutable-address api.foobar.com'],
    );
  });

  test('share a line, and end where the next begins', () => {
    const text = site(' # archlint-accept spof: one # archlint-accept maintenance-downtime: two # three');
    const accepted = check(text, {}, failing).flatMap((one) => one.accepted?.reason ?? []);
    expect(accepted.sort()).toEqual(['one', 'two # three']);
  });

  test.each([
    ['host h { web w # X', 'h/w'],
    ['# X\nhost h { web w', 'h'],
    ['host h { # X\nweb w', 'h'],
    ['host h { web w { listen 80 } # X', 'h/w'],
    ['host h { note "}{ #" # X\nweb w', ''],
    ['# X\nhost h { note "}{ #"; web w', 'h'],
    ['host h { web w { # X\nlisten 80 }', 'h/w'],
    ['host h { web w { listen 80\n} # X', ''],
    ['host h { web w\n# X\n} client c\nhost i {', ''],
  ])('of a line with half a block: %s', (text, expected) => {
    const whole = `client u\n${text.replace('X', 'archlint-accept spof: x')}\n}\nu -> h : https`;
    const { system } = resolve(projectOf(parse({ path: 'site.infra', text: whole })));
    const owners = system.accepts.flatMap((one) =>
      one.owners.flatMap((owner) => (owner.of === 'node' ? owner.node.id : [])),
    );
    expect(owners.filter((id) => id !== 'c').join(' ')).toBe(expected);
  });

  test('that match nothing go, with the spaces or the line that they had', () => {
    const comment = '# archlint-accept write-spof: none here';
    expect(fixed(site(`   ${comment}`))).toBe(site());
    expect(fixed(site(`\n  ${comment}`))).toBe(site());
    expect(fixed(site().replace('host h', `${comment}\r\nhost h`))).toBe(site());
    expect(fixed(`${site()}\n${comment}`)).toBe(`${site()}\n`);
    const [of] = check(`${site()}\n${comment}`, {}, failing).filter(({ code }) => code === 'useless-accept');
    expect(of).toMatchObject({ message: '`archlint-accept write-spof` matches no finding', severity: 'warning' });
    expect(of && textAt(of.at)).toBe(comment);
    const two = site(` ${comment} # archlint-accept spof: x`);
    expect(fixed(two)).toBe(site(' # archlint-accept spof: x'));
  });

  test.each([
    ['archlint-accept', 'archlint-accept', '`archlint-accept` needs the id of a rule'],
    ['archlint-accept spof', 'spof', '`archlint-accept spof` needs a `:` and a reason'],
    ['archlint-accept spof: ', 'spof', '`archlint-accept spof` needs a `:` and a reason'],
    ['archlint-accept spof it is small', 'spof', '`archlint-accept spof` needs a `:` and a reason'],
    ['archlint-accept spof until: x', 'until', '`until` needs a date'],
    ['archlint-accept spof until 2027-02-30: x', '2027-02-30', '`2027-02-30` is not a date'],
    ['archlint-acept spof: x', 'archlint-acept', '`archlint-acept` says nothing to archlint'],
    ['archlint-disable-line', 'archlint-disable-line', '`archlint-disable-line` says nothing to archlint'],
  ])('%s', (comment, word, message) => {
    const faults = check(site(` # ${comment}`), {}, failing).filter(({ code }) => code === 'wrong-value');
    expect(faults.map((one) => [textAt(one.at), one.message])).toEqual([[word, message]]);
    expect(faults[0]?.help).toContain('# archlint-accept spof until');
  });

  test('are held to the catalogue and to their date; other words are prose', () => {
    const unknown = check(site(' # archlint-accept spoof: x'), {}, failing).find(
      ({ code }) => code === 'useless-accept',
    );
    expect(unknown).toMatchObject({ message: 'no rule is called `spoof`', help: 'did you mean `spof`?' });
    const dated = site(' # archlint-accept spof until 2027-03-01: x');
    expect(brief(dated, { today: '2027-03-02' }, failing)).toEqual(['expired-accept h', ...all]);
    expect(brief(site(' # archlint-fmt wrote this; `# archlint-accept` is a comment'), {}, failing)).toEqual(all);
  });
});

describe('accepted', () => {
  const text = `client u
accept unused "the file" until 2027-03-01
host h {  # archlint-accept spof: one is fine
  accept maintenance-downtime "sundays" until 2026-06-01
  accept spoof "typo"
  web w
}
u -> w : http { accept missing-https "a price list" }
u -> h/w : https { accept overload "off" }
`;
  const schema = JSON.parse(readFileSync('src/report/schema/accepted.json', 'utf8')) as object;
  const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
  const files = { '/project/a.infra': text };
  const states = async (...args: string[]) => {
    const { status, stdout } = await archlint(['accepted', '--json', ...args], { files });
    const document = JSON.parse(stdout) as {
      accepts: { rule: string; subjects: string[]; state: string; line: number }[];
    };
    expect(status).toBe(0);
    expect(validate(document)).toBe(true);
    return document.accepts.map(
      ({ line, rule, subjects, state }) => `${line} ${rule} [${subjects.join(', ')}] ${state}`,
    );
  };

  test('lists statements and comments, and what became of each', async () => {
    expect(await states('--today', '2026-06-01', '--rule', 'overload=off')).toEqual([
      '2 unused [] unused',
      '3 spof [h] in use',
      '4 maintenance-downtime [h] in use',
      '5 spoof [h] unknown rule',
      '8 missing-https [u -> w] in use',
      '9 overload [u -> h/w] not judged',
    ]);
    expect((await states('--today', '2027-03-02')).filter((one) => one.endsWith('expired'))).toEqual([
      '2 unused [] expired',
      '4 maintenance-downtime [h] expired',
    ]);
  });

  test('as a table, and a word where there is nothing', async () => {
    const { stdout } = await archlint(['accepted', '--today', '2026-06-01'], { files });
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'place         state         rule                  of        until       reason',
      'a.infra:2:1   unused        unused                the file  2027-03-01  the file',
      'a.infra:3:11  in use        spof                  h         no date     one is fine',
    ]);
    expect((await archlint(['accepted'], { files: { '/project/a.infra': 'client u\n' } })).stdout).toBe(
      'nothing is accepted\n',
    );
    expect((await archlint(['accepted', 'none.infra'], { files })).status).toBe(2);
  });
});
