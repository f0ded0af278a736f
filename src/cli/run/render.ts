// `archlint render`: a file → its picture, in the format that is asked for.

import { quoted } from '../../base/words.js';
import { check } from '../../index.js';
import { usage } from '../arguments.js';
import { render as command } from '../commands/render.js';
import { flag, valueOf, type Call } from '../command.js';
import { projectFor } from '../config/project.js';
import { absolute } from '../paths.js';
import { progressIn } from '../progress.js';
import { pictureFormats, type PictureFormat } from '../pictures/format.js';
import { failedIn, failedNames } from './failed.js';
import { notUnderstood, operandOf, todayOf } from './shared.js';

export async function run(call: Call): Promise<number> {
  const { format, output } = targetOf(call);
  if (flag(call.arguments, 'watch')) {
    if (output === '-')
      throw usage(command, '`--watch` draws a file again and again; name it, such as `-o picture.svg`');
    return (await import('./watch.js')).watchRender(call, output, (again) => drawOnce(again, { format, output }));
  }
  const status = await drawOnce(call, { format, output });
  if (status === 0 && output !== '-') call.world.stderr.write(`drawn: ${output}\n`);
  return status;
}

async function drawOnce(call: Call, { format, output }: Target): Promise<number> {
  const { world, arguments: given } = call;
  const progress = progressIn(world);
  const { project, settings } = await projectFor(call, command, operandOf(command, given));
  const names = failedNames(command, given);
  // Dates are left out unless one is given: the same file gives the same picture on every day.
  const today = todayOf(command, given);
  const { system, findings, reading } = check(project, today === undefined ? settings : { ...settings, today });
  if (system.incomplete) return notUnderstood(call, reading);
  for (const { code, failed } of findings) {
    if (failed !== undefined) world.stderr.write(`archlint: the rule \`${code}\` of \`${failed}\` failed\n`);
  }
  const { make } = await format.load();
  const request = {
    call,
    system,
    findings: flag(given, 'no-findings') ? [] : findings,
    progress,
    toFile: output !== '-',
    ...(names.length > 0 ? { whatIf: failedIn(system, names) } : {}),
  };
  const picture = await make(request).finally(progress.end);
  if (output === '-') world.stdout.write(picture);
  else world.files.write(absolute(world.folder, output), picture);
  return 0;
}

interface Target {
  readonly format: PictureFormat;
  readonly output: string;
}

/** What to draw, and the file it goes to or `-`: as `--format` says, else the name of the file; else text for a terminal and SVG for a pipe. */
function targetOf({ world, arguments: given }: Call): Target {
  const output = valueOf(given, 'output') ?? '-';
  const asked = valueOf(given, 'format');
  const onTerminal = output === '-' && !given.values.has('output') && world.stdout.terminal();
  const byPlace = output !== '-' ? formatOf(output) : named(onTerminal ? 'text' : 'svg');
  const format = asked === undefined ? byPlace : named(asked);
  if (!format) {
    if (world.files.kind(absolute(world.folder, output)) === 'file') return { format: named('svg'), output };
    const known = pictureFormats.flatMap(({ extensions }) => extensions.slice(0, 1)).join(', ');
    throw usage(command, `\`${output}\` does not say what to draw; a picture's name ends in ${known}`);
  }
  if (onTerminal && !format.readable) {
    const name = (given.operands[0] ?? 'picture').replace(/^.*\/|\.infra$/g, '').replace(/^-$/, 'picture');
    throw usage(
      command,
      `a picture is not for the terminal; give it a file, such as \`-o ${name}${format.extensions[0] ?? ''}\``,
    );
  }
  const drawing = ['focus', 'width', 'engine', 'expand', 'stack'].find((option) => given.values.has(option));
  if (format.readable && drawing !== undefined) {
    const how =
      asked === undefined && onTerminal ? 'give it a file, such as `-o picture.svg`' : `\`${format.name}\` is text`;
    throw usage(command, `\`--${drawing}\` is for pictures that are drawn; ${how}`);
  }
  if (given.values.has('fail')) {
    if (format.readable) throw usage(command, `\`--fail\` marks what is drawn; \`${format.name}\` is text`);
    if (given.values.has('focus')) throw usage(command, '`--fail` draws what stops, and no findings to `--focus` on');
  }
  if (flag(given, 'expand') && flag(given, 'stack')) {
    throw usage(command, '`--expand` draws each host by itself and `--stack` those that are alike once; which is it?');
  }
  const width = valueOf(given, 'width');
  if (width !== undefined && !/^(?:none|[1-9]\d{2,5})$/.test(width))
    throw usage(
      command,
      `\`--width\` needs a number of px from 100 to 999999, such as 1200, or \`none\`, not ${quoted(width)}`,
    );
  return { format, output };
}

function named(name: string): PictureFormat {
  const format = pictureFormats.find((one) => one.name === name);
  if (!format) throw new Error(`no format is called ${name}`);
  return format;
}

function formatOf(output: string): PictureFormat | undefined {
  const extension = (/\.[^./\\]+$/.exec(output)?.[0] ?? '').toLowerCase();
  return pictureFormats.find(({ extensions }) => extensions.includes(extension));
}
