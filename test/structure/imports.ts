import { posix } from 'node:path';
import ts from 'typescript';

export interface Import {
  line: number;
  /** As written. */
  specifier: string;
  /** Where a relative one leads, from the project's top, without `?...`; null for a package. */
  path: string | null;
  /** Gone after compilation: only types are taken. */
  typeOnly: boolean;
}

/**
 * Every import of a TypeScript or Svelte file: `import`, `export ... from`, `import()`, `typeof import()`,
 * `import.meta.glob()`, `new URL(..., import.meta.url)`.
 */
export function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  for (const { code, firstLine } of file.endsWith('.svelte')
    ? scriptsOf(text)
    : [{ code: text, firstLine: 0 }]) {
    const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
    const note = (node: ts.Node, specifier: ts.Node | undefined, typeOnly: boolean): void => {
      if (!specifier || !ts.isStringLiteralLike(specifier)) return;
      found.push({
        line: firstLine + source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
        specifier: specifier.text,
        path: specifier.text.startsWith('.')
          ? posix.join(posix.dirname(file), specifier.text.replace(/\?.*$/, ''))
          : null,
        typeOnly,
      });
    };
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node)) {
        note(node, node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
      } else if (ts.isExportDeclaration(node)) {
        note(node, node.moduleSpecifier, node.isTypeOnly);
      } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
        note(node, node.argument.literal, true);
      } else if (ts.isCallExpression(node) && takesPaths(node)) {
        for (const path of pathsIn(node.arguments[0])) note(node, path, false);
      } else if (ts.isNewExpression(node) && node.expression.getText(source) === 'URL') {
        if (node.arguments?.[1]?.getText(source) === 'import.meta.url') note(node, node.arguments[0], false);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

/** `import(...)` and `import.meta.glob(...)`. */
function takesPaths(call: ts.CallExpression): boolean {
  const { expression } = call;
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isPropertyAccessExpression(expression) &&
      ts.isMetaProperty(expression.expression) &&
      expression.name.text === 'glob')
  );
}

function pathsIn(argument: ts.Expression | undefined): ts.Expression[] {
  if (!argument) return [];
  return ts.isArrayLiteralExpression(argument) ? [...argument.elements] : [argument];
}

function scriptsOf(svelte: string): { code: string; firstLine: number }[] {
  return [...svelte.matchAll(/(<script\b[^>]*>)([\s\S]*?)<\/script>/g)].map((match) => ({
    code: match[2] ?? '',
    firstLine: svelte.slice(0, match.index + (match[1]?.length ?? 0)).split('\n').length - 1,
  }));
}
