/**
 * Regular expressions as values that can be derived: the derivative of an expression by a character matches what is
 * left to match after that character (Brzozowski 1964). Equal expressions are one object, and lists of alternatives
 * are sets, so that there are few different derivatives: each is a state of an automaton. Complement and intersection
 * come for free.
 */

/** A set of characters, as the classes of the alphabet that are in it. */
export type ClassSet = readonly boolean[];

interface Base {
  readonly id: number;
  /** It matches the empty string. */
  readonly nullable: boolean;
  /** Derivatives by class, as they become known. */
  readonly derivatives: (Expression | undefined)[];
}

export type Expression = Base &
  (
    | { readonly kind: 'nothing' | 'empty' }
    | { readonly kind: 'set'; readonly classes: ClassSet }
    /** The head is no sequence and no alternative. */
    | { readonly kind: 'sequence'; readonly head: Expression; readonly tail: Expression }
    | { readonly kind: 'any of' | 'all of'; readonly parts: readonly Expression[] }
    | { readonly kind: 'not'; readonly part: Expression }
    | { readonly kind: 'repeat'; readonly part: Expression; readonly min: number; readonly max: number }
  );

/** What distinguishes an expression from others of its kind. */
type Shape = Expression extends infer E ? (E extends Base ? Omit<E, keyof Base> : never) : never;

/** Thrown when making an expression would exceed the budget. */
export class OverBudget extends Error {}

/** Makes expressions over one alphabet, and counts what they cost: one each, lists as much as they are long. */
export class Expressions {
  readonly nothing: Expression;
  readonly empty: Expression;
  /** Any string. */
  readonly everything: Expression;
  readonly #known = new Map<string, Expression>();
  /** Cost of all that was made. */
  cost = 0;
  /** What it may come to. */
  budget: number;

  constructor(classes: number, budget: number) {
    this.budget = budget;
    this.nothing = this.#make('0', { kind: 'nothing' }, false);
    this.empty = this.#make('1', { kind: 'empty' }, true);
    this.everything = this.repeat(this.set(new Array<boolean>(classes).fill(true)), 0, Infinity);
  }

  set(classes: ClassSet): Expression {
    if (!classes.includes(true)) return this.nothing;
    return this.#make(`s${classes.map(Number).join('')}`, { kind: 'set', classes }, false);
  }

  sequence(head: Expression, tail: Expression): Expression {
    const { nothing, empty, everything } = this;
    if (head === nothing || tail === nothing) return nothing;
    if (head === empty) return tail;
    if (tail === empty) return head;
    if (head === everything && tail === everything) return everything;
    if (head.kind === 'sequence') return this.sequence(head.head, this.sequence(head.tail, tail));
    if (head.kind === 'any of') return this.anyOf(head.parts.map((part) => this.sequence(part, tail)));
    return this.#make(
      `c${head.id},${tail.id}`,
      { kind: 'sequence', head, tail },
      head.nullable && tail.nullable,
    );
  }

  anyOf(alternatives: readonly Expression[]): Expression {
    const parts = this.#absorb(flatten('any of', alternatives, this.nothing));
    if (parts.includes(this.everything)) return this.everything;
    if (parts.length < 2) return parts[0] ?? this.nothing;
    return this.#make(
      key('u', parts),
      { kind: 'any of', parts },
      parts.some((part) => part.nullable),
    );
  }

  allOf(conditions: readonly Expression[]): Expression {
    const parts = flatten('all of', conditions, this.everything);
    if (parts.includes(this.nothing)) return this.nothing;
    if (parts.length < 2) return parts[0] ?? this.everything;
    return this.#make(
      key('i', parts),
      { kind: 'all of', parts },
      parts.every((part) => part.nullable),
    );
  }

  not(part: Expression): Expression {
    if (part.kind === 'not') return part.part;
    if (part === this.nothing) return this.everything;
    if (part === this.everything) return this.nothing;
    return this.#make(`n${part.id}`, { kind: 'not', part }, !part.nullable);
  }

  repeat(part: Expression, min: number, max: number): Expression {
    if (max === 0 || part === this.empty) return this.empty;
    if (part === this.nothing) return min === 0 ? this.empty : this.nothing;
    if (min === 1 && max === 1) return part;
    if (part.kind === 'repeat' && part.min === 0 && part.max === Infinity) return part;
    const least = part.nullable ? 0 : min;
    return this.#make(`r${part.id},${least},${max}`, { kind: 'repeat', part, min: least, max }, least === 0);
  }

  /** What is left of `expression` to match after a character of class `by`. */
  derive(expression: Expression, by: number): Expression {
    return (expression.derivatives[by] ??= this.#derive(expression, by));
  }

  #derive(expression: Expression, by: number): Expression {
    switch (expression.kind) {
      case 'nothing':
      case 'empty':
        return this.nothing;
      case 'set':
        return expression.classes[by]! ? this.empty : this.nothing;
      case 'sequence': {
        const { head, tail } = expression;
        const first = this.sequence(this.derive(head, by), tail);
        return head.nullable ? this.anyOf([first, this.derive(tail, by)]) : first;
      }
      case 'any of':
        return this.anyOf(expression.parts.map((part) => this.derive(part, by)));
      case 'all of':
        return this.allOf(expression.parts.map((part) => this.derive(part, by)));
      case 'not':
        return this.not(this.derive(expression.part, by));
      case 'repeat': {
        const { part, min, max } = expression;
        return this.sequence(this.derive(part, by), this.repeat(part, Math.max(0, min - 1), max - 1));
      }
    }
  }

  /** Of alternatives that differ only in how often they may repeat, the most generous one is enough. */
  #absorb(parts: Expression[]): Expression[] {
    const most = new Map<string, Expression>();
    for (const part of parts) {
      const repeat = optional(part);
      if (repeat === null) continue;
      const other = most.get(repeat.key);
      if (other === undefined || optional(other)!.max < repeat.max) most.set(repeat.key, part);
    }
    if (most.size === 0) return parts;
    return parts.filter((part) => {
      const repeat = optional(part);
      return repeat === null || most.get(repeat.key) === part;
    });
  }

  #make(name: string, shape: Shape, nullable: boolean): Expression {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    this.cost += 'parts' in shape ? shape.parts.length : 1;
    if (this.cost > this.budget) throw new OverBudget();
    const made: Expression = { id: this.#known.size, nullable, derivatives: [], ...shape };
    this.#known.set(name, made);
    return made;
  }
}

/** The parts of `list` and of those in it that are of the same kind, each once, in a fixed order. */
function flatten(kind: 'any of' | 'all of', list: readonly Expression[], neutral: Expression): Expression[] {
  const parts = new Set<Expression>();
  for (const each of list) {
    if (each.kind === kind) for (const part of each.parts) parts.add(part);
    else if (each !== neutral) parts.add(each);
  }
  return [...parts].sort((a, b) => a.id - b.id);
}

function key(letter: string, parts: readonly Expression[]): string {
  return letter + parts.map((part) => part.id).join(',');
}

/** For `x{0,n}` and for `x{0,n}` before something: n, and a name of all the rest. */
function optional(expression: Expression): { key: string; max: number } | null {
  const head = expression.kind === 'sequence' ? expression.head : expression;
  if (head.kind !== 'repeat' || head.min > 0 || head.max === Infinity) return null;
  return {
    key: `${head.part.id},${expression.kind === 'sequence' ? expression.tail.id : ''}`,
    max: head.max,
  };
}
