// `check --watch` and `render --watch`: a round of work, again and again whenever something changes that it asked about. Loaded when it is asked for.
//
// What a round reads, looks for and lists tells what it depends on: files that others import, configs and the folders in which one might stand, modules
// of somebody's own, baselines. Nobody has to keep a list of that.

import { counted, listed } from '../../base/words.js';
import { reportEveryday, said, summaryOf, summaryText, type Diagnostic, type Report, type Style } from '../../index.js';
import { usage } from '../arguments.js';
import { shownOf, statusOf, tellOfTroubles, type Ending } from '../check/finish.js';
import type { Judged } from '../check/judge.js';
import { tellOfBaselines } from '../check/tell.js';
import { check } from '../commands/check.js';
import { render } from '../commands/render.js';
import { flag, type Call } from '../command.js';
import { rootMarkers } from '../load.js';
import { deliver, targetsOf } from '../outputs.js';
import { absolute, parentOf } from '../paths.js';
import { styleFor } from '../style.js';
import { isTrouble, type Files, type World } from '../world.js';

type JudgeAll = (call: Call) => Promise<Ending & { readonly judged: Judged }>;

export async function watchCheck(call: Call, judgeAll: JudgeAll): Promise<number> {
  const { world } = call;
  const shownTarget = targetOf(call);
  let before: Report | undefined;
  let told = '';
  return rounds(call, async (again) => {
    const began = world.clock();
    const heard: string[] = [];
    const stderr = { ...world.stderr, write: (text: string | Uint8Array) => void heard.push(String(text)) };
    const quiet = { ...again, world: { ...again.world, stderr } };
    try {
      const { judged, targets, options } = await judgeAll(quiet);
      const shown = shownOf(judged, options);
      const files = targets.filter(({ file }) => file !== undefined);
      tellOfTroubles(quiet, judged);
      await deliver(quiet, before ? files : targets, { shown, judged });
      tellOfBaselines(quiet, targets, judged);
      if (before && shownTarget) {
        const milliseconds = Math.round(world.clock() - began);
        const style = { ...(await styleFor(call, world.stdout)), format: shownTarget };
        world.stdout.write(changesText({ before, now: shown, style, when: `${world.time()}, ${milliseconds} ms` }));
      }
      if (!before) heard.push(`watching ${counted(judged.files.length, 'file')}; Ctrl-C ends it\n`);
      before = shown;
      return statusOf(judged, options);
    } catch (error) {
      if (!before || !isTrouble(error)) throw error;
      heard.push(`${world.time()}: ${error.message}; waiting for a change\n`);
      return 2;
    } finally {
      // What a round has to say beside its findings is said again only when it is something else.
      if (heard.join('') !== told) world.stderr.write(heard.join(''));
      told = heard.join('');
    }
  });
}

/** How changes are shown, if they are. */
function targetOf(call: Call): 'full' | 'concise' | undefined {
  const { arguments: given } = call;
  for (const other of ['fix', 'diff', 'timing'])
    if (flag(given, other)) throw usage(check, `\`--watch\` and \`--${other}\` exclude each other`);
  notStdin(call, check);
  const target = targetsOf(check, given).find(({ file }) => file === undefined);
  if (!target) return undefined;
  if (target.format === 'full' || target.format === 'concise') return target.format;
  throw usage(
    check,
    `\`--watch\` shows changes as \`full\` or \`concise\`; give the other a file: \`--format ${target.format}=FILE\``,
  );
}

interface Changes {
  readonly before: Report;
  readonly now: Report;
  readonly style: Style & { readonly format: 'full' | 'concise' };
  readonly when: string;
}

/** What came as a report shows it, what is gone in a line each, and one line about all of it. */
function changesText({ before, now, style, when }: Changes): string {
  const came = without(now.findings, before.findings);
  const gone = without(before.findings, now.findings);
  const text = reportEveryday({ ...now, findings: came, unjudged: [], summary: false }, style);
  const lines = gone.map(
    ({ code, severity, message, at }) => `gone: ${at.source.path}: ${severity}[${code}] ${said(message, style)}\n`,
  );
  const counts = [
    ...(came.length > 0 ? [`${came.length} new`] : []),
    ...(gone.length > 0 ? [`${gone.length} gone`] : []),
  ];
  const whole = summaryText(summaryOf(now.findings, now.baseline?.hidden), now.files.length);
  const last = `${when}: ${counts.length > 0 ? listed(counts) : 'nothing new, nothing gone'}; ${whole}\n`;
  return `\n${[text, lines.join(''), last].filter((part) => part !== '').join('\n')}`;
}

/** `draw` gives the status: 1 says that the text is not understood, which it has told. */
export async function watchRender(call: Call, output: string, draw: (call: Call) => Promise<number>): Promise<number> {
  const { world } = call;
  notStdin(call, render);
  let isFirst = true;
  return rounds(call, async (again) => {
    try {
      const status = await draw(again);
      const what =
        status === 0
          ? 'drawn'
          : world.files.kind(absolute(world.folder, output)) === 'missing'
            ? 'not drawn'
            : 'not drawn, so it stays as it was';
      world.stderr.write(`${world.time()}: ${output} ${what}\n`);
      if (isFirst) world.stderr.write('watching; Ctrl-C ends it\n');
      isFirst = false;
      return status;
    } catch (error) {
      if (isFirst || !isTrouble(error)) throw error;
      world.stderr.write(`${world.time()}: ${error.message}; ${output} stays as it was\n`);
      return 2;
    }
  });
}

function notStdin({ arguments: given }: Call, command: typeof check): void {
  if (given.operands.includes('-')) throw usage(command, '`--watch` needs files; `-` is read once');
}

/** Until nothing can change any more, which only a world that is made up can say; the status is that of the last round. */
async function rounds(call: Call, round: (again: Call) => Promise<number>): Promise<number> {
  for (;;) {
    const asked = new Map<string, { readonly before: string; readonly now: () => string }>();
    const status = await round({ ...call, world: observed(call.world, asked) });
    const differs = (): boolean => [...asked.values()].some(({ before, now }) => before !== now());
    if (
      !(await call.world.changed(
        [...asked.keys()].map((key) => key.replace(/^\w+ /, '')),
        differs,
      ))
    )
      return status;
  }
}

type Asked = Map<string, { readonly before: string; readonly now: () => string }>;

/** Notes what stands at a path before it is asked about: a change meanwhile is one, too. */
function observed(world: World, asked: Asked): World {
  const { files } = world;
  const note = (path: string, what = 'file', now = () => files.stamp(path)): void => {
    const key = `${what} ${path}`;
    if (!asked.has(key)) asked.set(key, { before: now(), now });
  };
  return {
    ...world,
    files: {
      ...files,
      kind: (path) => {
        note(path);
        return files.kind(path);
      },
      read: (path) => {
        note(path);
        return files.read(path);
      },
      list: (folder) => {
        // A file in it: whoever waits for it watches the folder.
        note(`${folder === '/' ? '' : folder}/*`, 'list', () => namesIn(files, folder));
        return files.list(folder);
      },
    },
    importModule: async (name, from) => {
      if (/^\.{1,2}\//.test(name)) note(absolute(parentOf(from), name));
      const found = await world.importModule(name, from, true);
      if (found) note(found.path);
      return found;
    },
  };
}

/** What may make a difference: outputs that stand in the same folder do not. */
function namesIn(files: Files, folder: string): string {
  try {
    return files
      .list(folder)
      .filter(({ name, kind }) => kind === 'folder' || name.endsWith('.infra') || rootMarkers.has(name))
      .map(({ name }) => name)
      .sort()
      .join('\n');
  } catch (error) {
    if (isTrouble(error)) return error.message;
    throw error;
  }
}

/** By what they say and of what, never by lines: text that moves changes nothing. */
function without(findings: readonly Diagnostic[], others: readonly Diagnostic[]): readonly Diagnostic[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(nameOf(other), (left.get(nameOf(other)) ?? 0) + 1);
  return findings.filter((finding) => {
    const count = left.get(nameOf(finding)) ?? 0;
    left.set(nameOf(finding), count - 1);
    return count <= 0;
  });
}

function nameOf({ code, severity, message, at, subjects, accepted }: Diagnostic): string {
  return JSON.stringify([at.source.path, code, severity, message, subjects, accepted]);
}
