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

/** Makes expressions over one alphabet, and counts the work: one for each asked for, and one for each part of a list. */
export class Expressions {
  readonly nothing: Expression;
  readonly empty: Expression;
  /** Any string. */
  readonly everything: Expression;
  readonly #known = new Map<string, Expression>();
  #budget: number;

  constructor(classes: number, budget: number) {
    this.#budget = budget;
    this.nothing = this.#make('0', { kind: 'nothing' }, false);
    this.empty = this.#make('1', { kind: 'empty' }, true);
    this.everything = this.repeat(this.set(new Array<boolean>(classes).fill(true)), 0, Infinity);
  }

  #spend(work: number): void {
    this.#budget -= work;
    if (this.#budget < 0) throw new OverBudget();
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
    const merged = this.#merge(head, tail);
    if (merged !== null) return merged;
    return this.#make(
      `c${head.id},${tail.id}`,
      { kind: 'sequence', head, tail },
      head.nullable && tail.nullable,
    );
  }

  /** `x{a,b}` before `x{c,d}` is `x{a+c,b+d}`, which has far fewer derivatives. */
  #merge(head: Expression, tail: Expression): Expression | null {
    const [next, rest] = tail.kind === 'sequence' ? [tail.head, tail.tail] : [tail, this.empty];
    const first = counted(head);
    const second = counted(next);
    if (first.part !== second.part || (head === first.part && next === second.part)) return null;
    return this.sequence(this.repeat(first.part, first.min + second.min, first.max + second.max), rest);
  }

  anyOf(alternatives: readonly Expression[]): Expression {
    this.#spend(alternatives.length);
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
    this.#spend(conditions.length);
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
    if (!parts.some(isOptional)) return parts;
    const most = new Map<string, Expression>();
    for (const part of parts.filter(isOptional)) {
      const other = most.get(rest(part));
      if (other === undefined || optionalHead(other).max < optionalHead(part).max) most.set(rest(part), part);
    }
    return parts.filter((part) => !isOptional(part) || most.get(rest(part)) === part);
  }

  #make(name: string, shape: Shape, nullable: boolean): Expression {
    this.#spend('parts' in shape ? shape.parts.length : 1);
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const made: Expression = { id: this.#known.size, nullable, derivatives: [], ...shape };
    this.#known.set(name, made);
    return made;
  }
}

/** The parts of `list` and of those in it that are of the same kind, each once, in a fixed order. */
function flatten(kind: 'any of' | 'all of', list: readonly Expression[], neutral: Expression): Expression[] {
  const parts: Expression[] = [];
  for (const each of list) {
    if (each.kind === kind) parts.push(...each.parts);
    else if (each !== neutral) parts.push(each);
  }
  if (parts.length < 2) return parts;
  parts.sort((a, b) => a.id - b.id);
  return parts.filter((part, index) => part !== parts[index - 1]);
}

function key(letter: string, parts: readonly Expression[]): string {
  return letter + parts.map((part) => part.id).join(',');
}

/** Every expression as a repetition: of itself, once, where it is none. */
function counted(expression: Expression): { part: Expression; min: number; max: number } {
  return expression.kind === 'repeat' ? expression : { part: expression, min: 1, max: 1 };
}

/** The repetition that an expression starts with, or something that is none. */
function optionalHead(expression: Expression): { min: number; max: number } {
  const head = expression.kind === 'sequence' ? expression.head : expression;
  return head.kind === 'repeat' ? head : { min: 1, max: 1 };
}

/** Whether it is `x{0,n}`, or that before something. */
function isOptional(expression: Expression): boolean {
  const { min, max } = optionalHead(expression);
  return min === 0 && max < Infinity;
}

/** A name of all of an optional expression but its n. */
function rest(expression: Expression): string {
  const [head, tail] =
    expression.kind === 'sequence' ? [expression.head, expression.tail.id] : [expression, ''];
  return head.kind === 'repeat' ? `${head.part.id},${tail}` : '';
}
