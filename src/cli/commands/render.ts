// `archlint render`: what it takes.

import type { Command } from '../command.js';
import { configOptions, ruleOptions } from '../config/options.js';

export const render: Command = {
  name: 'render',
  summary: 'draw the system that a file describes, its findings in the picture',
  operands: '<file>',
  most: 1,
  options: [
    {
      name: 'output',
      short: 'o',
      value: 'FILE',
      summary: 'where the picture goes, its end the format: .svg, .png, .html, .txt, .mmd, .d2, .dot; `-` for stdout',
    },
    {
      name: 'format',
      value: 'FORMAT',
      choices: ['svg', 'png', 'html', 'text', 'mermaid', 'd2', 'dot'],
      summary: 'what to draw, where the name of the file does not say it',
    },
    {
      name: 'theme',
      value: 'THEME',
      choices: ['auto', 'light', 'dark', 'print'],
      summary: 'auto follows whoever looks at it (default: auto; a PNG is light)',
    },
    { name: 'scale', value: 'N', choices: ['1', '2', '3'], summary: 'pixels of a PNG for each px (default: 1)' },
    {
      name: 'font',
      value: 'FILE',
      many: true,
      summary: 'a font for characters of a PNG that ours lacks; several times',
    },
    { name: 'today', value: 'DATE', summary: 'the day that acceptances are compared with; without it none has ended' },
    {
      name: 'focus',
      value: 'FINDING',
      summary: 'let one stand out and the rest fade: its number, rule, or RULE:SUBJECT',
    },
    { name: 'expand', summary: 'draw each host by itself, however many are alike (default: up to about 40 boxes)' },
    { name: 'stack', summary: 'draw hosts that are alike once, as a stack ×n (default: above about 40 boxes)' },
    {
      name: 'width',
      value: 'PX',
      summary:
        'lay what is wider in rows below each other, if few lines pass between them; `none`: never (default: 1600, for what is wider than high)',
    },
    {
      name: 'engine',
      value: 'ENGINE',
      choices: ['layered', 'elk'],
      summary:
        'what places the boxes: `layered`, quick at every size, or `elk`, another arrangement, slower, for up to about 100 boxes (default: layered)',
    },
    { name: 'watch', short: 'w', summary: 'draw again whenever the file changes, or one that it imports' },
    { name: 'no-findings', summary: 'draw the system alone' },
    {
      name: 'fail',
      value: 'NAMES',
      many: true,
      summary: 'draw what stops when these fail together, in place of the findings',
    },
    {
      name: 'stdin-filename',
      value: 'FILE',
      summary: 'what messages call the text of `-`, and where its imports are looked for',
    },
    ...configOptions,
    ...ruleOptions,
  ],
  examples: [
    ['archlint render shop.infra', 'boxes and arrows on the terminal'],
    ['archlint render shop.infra -o shop.svg', 'a picture beside the file'],
    ['archlint render shop.infra -o shop.html', 'a page to move in, search, and trace findings'],
    ['archlint render shop.infra -o shop.svg --watch', 'a picture that follows what you write'],
    ['archlint render shop.infra --focus spof -o spof.svg', 'one finding, all else faded'],
    ['archlint render shop.infra -o shop.png --scale 2', 'pixels for slides, sharp on any screen'],
    ['archlint render shop.infra --fail a,b/nginx -o shop.svg', 'what stops when host a and the nginx on b fail'],
    ['archlint render shop.infra --theme print > shop.svg', 'black on white, through a pipe'],
  ],
  load: () => import('../run/render.js'),
};
