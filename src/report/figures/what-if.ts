// What stops when something fails → blocks that show it, with the chain of failures.

import type { WhatIf } from '../../base/figures.js';
import type { Block, Fact } from './blocks.js';
import { arrow, nameOf, type Elements } from './journey.js';

export function whatIfBlocks({ failed, harmless, journeys, components }: WhatIf, elements: Elements): readonly Block[] {
  const names = (ids: readonly string[]) => ids.map((id) => nameOf(elements, id)).join(', ');
  const blocks: Block[] = [
    { is: 'heading', lines: [`If ${failed.join(', ')} ${failed.length === 1 ? 'fails' : 'fail'}`] },
  ];
  if (harmless.length > 0) {
    const verb = harmless.length === 1 ? 'is no element' : 'are no elements';
    blocks.push({ is: 'paragraph', text: `${harmless.join(', ')} ${verb} of failure: nothing needs it to serve.` });
  }
  const words = { stops: 'stops', 'writes-stop': 'reads only', degraded: 'goes on', serves: 'unaffected' } as const;
  const facts = (['stops', 'writes-stop', 'degraded', 'serves'] as const).flatMap((outcome) =>
    journeys
      .filter((journey) => journey.outcome === outcome)
      .map(({ id, witness, tiers }): Fact => {
        const left = tiers.map(({ tier, left: serving, of }) => `${tier} ${serving} of ${of}`);
        const chain = witness?.steps.map(({ text }) => text).join(' → ');
        return [
          words[outcome],
          arrow(id),
          ...(chain === undefined ? [] : [`because ${chain}`]),
          ...(outcome === 'stops' || left.length === 0 ? [] : [`with fewer instances: ${left.join(', ')}`]),
        ];
      }),
  );
  if (facts.length > 0) blocks.push({ is: 'facts', rows: facts });
  const lost = components.filter(({ extent }) => extent === 'all').map(({ id }) => id);
  const readOnly = components.filter(({ extent }) => extent === 'writes').map(({ id }) => id);
  const lists: Fact[] = [
    ['components that stop', lost.length > 0 ? names(lost) : 'none'],
    ...(readOnly.length > 0 ? [['that lose writes', names(readOnly)] as const] : []),
  ];
  return [...blocks, { is: 'facts', rows: lists }];
}
