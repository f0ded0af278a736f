// What chevrotain learns of the grammar. Made by `UPDATE=1 npm test`.
import type { Learned } from './learned.js';

export const learned: Learned = {
  resync: {
    'statement0_~IN~_file': ['End'],
    'head0_~IN~_statement': ['Open'],
    'block0_~IN~_statement': ['Open'],
    'statement0_~IN~_block': ['End', 'Close'],
    'connection0_~IN~_head': [],
    'entry0_~IN~_head': [],
    'member1_~IN~_connection': ['Arrow'],
    'member2_~IN~_connection': ['Arrow', 'Colon', 'Text'],
  },
  enter: {
    1049344: ['End'],
    1053440: ['Open'],
    1057536: ['End'],
    1065472: ['Word', 'Text'],
    1065473: ['Comma'],
    1065475: ['Colon'],
    1065476: ['Text'],
    1065477: ['Count'],
    1065478: ['Count'],
    1065728: ['Word', 'Comma', 'Text'],
    1069569: ['Colon'],
    1069570: ['Text'],
    1070081: ['Arrow'],
    1070082: ['Word'],
    1073669: ['Count'],
    1073670: ['Count'],
    1073920: ['Comma', 'Bar'],
  },
  choose: {
    1061121: [['Word'], ['Word']],
    1061122: [[]],
    1065217: [['Word'], ['Text']],
    1065218: [['Word'], ['Text']],
    1073408: [['Comma'], ['Bar']],
  },
};
