// Tokens -> concrete tree: the grammar itself, in chevrotain's terms. The EBNF in README.md is generated from it.

import {
  CstParser,
  EarlyExitException,
  EMPTY_ALT,
  EOF,
  NoViableAltException,
  type CstNode,
  type IOrAlt,
  type IRecognitionException,
  type IToken,
  type TokenType,
} from 'chevrotain';
import { decisionsOf, resyncOf, type Decision, type Learned } from './learned.js';
import { learned } from './learned.gen.js';
import { Arrow, Bar, Close, Colon, Comma, Count, End, Open, Text, vocabulary, Word } from './tokens.js';

/** Nobody reads chevrotain's own messages (`faults.ts` writes ours), so that none is built. */
const silent = () => '';

const nobody = () => undefined;

/** Words, counts, texts and separators in one list, in the order of the text. */
const part = { LABEL: 'part' };

/** The `:` and what follows it, up to the block. */
const tail = { LABEL: 'tail' };

export class InfraParser extends CstParser {
  /** Without what was learned before, it learns its grammar and checks it. */
  constructor(before?: Learned) {
    super(vocabulary, {
      recoveryEnabled: true,
      maxLookahead: 1,
      nodeLocationTracking: 'none',
      skipValidations: before !== undefined,
      errorMessageProvider: {
        buildMismatchTokenMessage: silent,
        buildNotAllInputParsedMessage: silent,
        buildNoViableAltMessage: silent,
        buildEarlyExitMessage: silent,
      },
    });
    if (before) this.takeOver(before);
    else this.performSelfAnalysis();
  }

  // Alternatives are made once, not at every call.
  private readonly forms: IOrAlt<unknown>[] = [
    { GATE: () => this.isConnection(), ALT: () => this.SUBRULE(this.connection), IGNORE_AMBIGUITIES: true },
    { ALT: () => this.SUBRULE(this.entry) },
  ];
  private readonly nothing: IOrAlt<unknown>[] = [{ GATE: () => this.isHeadOver(), ALT: EMPTY_ALT() }];
  private readonly separators: IOrAlt<unknown>[] = [
    { ALT: () => this.CONSUME(Comma, part) },
    { ALT: () => this.CONSUME(Bar, part) },
  ];
  private readonly valueForms: Readonly<Record<1 | 2, IOrAlt<unknown>[]>> = {
    1: [
      {
        ALT: () => {
          this.name(1);
        },
      },
      { ALT: () => this.consume(1, Text, part) },
    ],
    2: [
      {
        ALT: () => {
          this.name(2);
        },
      },
      { ALT: () => this.consume(2, Text, part) },
    ],
  };

  readonly file = this.RULE('file', () => {
    this.MANY(() => {
      this.SUBRULE(this.statement);
      this.handOver();
    });
  });

  /** What becomes of each statement at the top, and of what was found wrong so far. */
  take: (statement: CstNode, errors: readonly IRecognitionException[]) => void = nobody;

  /** The concrete tree of a large file is forty times its text: none of it is kept once its reader has seen it. */
  private handOver(): void {
    const statement = this.CST_STACK[0]?.children['statement']?.pop();
    if (statement) this.take(statement as CstNode, this._errors);
  }

  private readonly statement = this.RULE('statement', () => {
    this.CONSUME(End);
    this.SUBRULE(this.head);
    this.MANY(() => this.SUBRULE(this.block));
  });

  private readonly block = this.RULE('block', () => {
    this.CONSUME(Open);
    this.MANY(() => this.SUBRULE(this.statement));
    this.CONSUME(Close);
  });

  /** Where reading recovers: after a fault in a head it goes on at the block or at the next statement. */
  private readonly head = this.RULE('head', () => {
    this.OR1(this.forms);
    // Nothing may be left over; a fault here is one of this rule, and does not reach the statement.
    this.OR2(this.nothing);
  });

  private readonly entry = this.RULE('entry', () => {
    this.CONSUME(Word, part);
    this.OPTION(() => {
      this.value(1);
      this.MANY(() => {
        this.OPTION1(() => this.CONSUME(Comma, part));
        this.value(2);
      });
    });
    this.OPTION3(() => {
      this.CONSUME(Colon, tail);
      this.CONSUME3(Word, tail);
      this.OPTION4(() => this.CONSUME3(Text, tail));
    });
  });

  private readonly connection = this.RULE('connection', () => {
    this.SUBRULE1(this.member);
    this.AT_LEAST_ONE1(() => {
      this.CONSUME(Arrow);
      this.SUBRULE2(this.member);
    });
    this.OPTION1(() => {
      this.CONSUME(Colon, tail);
      this.AT_LEAST_ONE2(() => this.CONSUME(Word, tail));
    });
    this.OPTION2(() => this.CONSUME(Text, tail));
  });

  private readonly member = this.RULE(
    'member',
    () => {
      this.name(1);
      this.MANY(() => {
        this.OR(this.separators);
        this.name(2);
      });
    },
    { resyncEnabled: false },
  );

  // Part of the rules above rather than rules: a node for each word would halve the speed. `index` tells their uses in a rule apart.

  private value(index: 1 | 2): void {
    this.or(index, this.valueForms[index]);
  }

  private name(index: 1 | 2): void {
    this.consume(index, Word, part);
    this.option(index + 4, () => this.consume(index, Count, part));
  }

  /** An arrow before the `:`, the block and the end. */
  private isConnection(): boolean {
    for (let distance = 1; ; distance++) {
      const type = this.LA(distance).tokenType;
      if (type === Arrow) return true;
      if (type === Colon || endsHead(type)) return false;
    }
  }

  private isHeadOver(): boolean {
    return endsHead(this.LA(1).tokenType);
  }

  // Chevrotain's own guesses inside a rule: here they would make two faults of one.
  protected override canTokenTypeBeInsertedInRecovery(): boolean {
    return false;
  }

  protected override canTokenTypeBeDeletedInRecovery(): boolean {
    return false;
  }

  readonly attemptInRepetitionRecovery = (): void => undefined;

  getFollowsForInRuleRecovery(): TokenType[] {
    return [];
  }

  // Chevrotain looks up what could stand here instead, for a message that nobody reads.

  raiseNoAltException(): never {
    throw this.SAVE_ERROR(new NoViableAltException('', this.LA(1), this.LA(0)));
  }

  raiseEarlyExitException(): never {
    throw this.SAVE_ERROR(new EarlyExitException('', this.LA(1), this.LA(0)));
  }

  declare private readonly SAVE_ERROR: (error: IRecognitionException) => IRecognitionException;

  /** What `performSelfAnalysis` would leave behind. */
  private takeOver(before: Learned): void {
    this.selfAnalysisDone = true;
    this.resyncFollows = resyncOf(before);
    for (const [key, decision] of decisionsOf(before)) this.lookAheadFuncsCache.set(key, decision);
  }

  /** What it learned: where reading goes on after a fault, and the decisions of its rules. */
  get findings(): {
    readonly resync: Readonly<Record<string, readonly TokenType[]>>;
    readonly decisions: ReadonlyMap<number, Decision>;
  } {
    return { resync: this.resyncFollows, decisions: this.lookAheadFuncsCache };
  }

  declare private selfAnalysisDone: boolean;
  declare private resyncFollows: Readonly<Record<string, readonly TokenType[]>>;
  declare private readonly lookAheadFuncsCache: Map<number, Decision>;

  /** Its public list is a copy. */
  declare private readonly _errors: readonly IRecognitionException[];

  declare private readonly CST_STACK: CstNode[];

  /** Chevrotain makes the children an object without a prototype, which V8 keeps as a hash table: half the time of a parse. */
  cstInvocationStateUpdate(name: string): void {
    this.CST_STACK.push({ name, children: {} });
  }
}

/** Whether the part of a statement before its block is over. */
export function endsHead(type: TokenType): boolean {
  return type === End || type === Open || type === Close || type === EOF;
}

let parser: InfraParser | undefined;

/**
 * Hands over one statement at the top after the other, with all errors so far, in the order of the text. In the tokens, braces are paired and an
 * end is before each statement; chevrotain puts its mark behind the last one. The grammar is learned and checked by a test, not at every start.
 */
export function parseTokens(tokens: IToken[], take: InfraParser['take']): void {
  parser ??= new InfraParser(learned);
  parser.take = take;
  parser.input = tokens;
  const rest = parser.file().children['statement'] ?? [];
  // A fault at the very end ends the file, too.
  for (const statement of rest) take(statement as CstNode, parser.errors);
  parser.input = [];
  parser.take = nobody;
}
