import { join } from 'node:path';
import ts from 'typescript';
import { SchemaWriter, type Schema } from './type-schemas.js';

/** What one route answers when it accepts: schemas by status; null where there is no body. */
export type Replies = Readonly<Record<number, Schema | null>>;

export interface ResponseTypes {
  /** By operation id: `AwardsController_list`. */
  readonly replies: ReadonlyMap<string, Replies>;
  /** Of every named type that a reply reaches. */
  readonly schemas: Readonly<Record<string, Schema>>;
}

const VERBS: Readonly<Record<string, number>> = { Get: 200, Put: 200, Delete: 200, Post: 201 };

/** Replies that no return type tells: one interface, its properties named by operation id. */
const WRITTEN = 'WrittenReplies';

/** What every refusal looks like. */
const REFUSAL = 'ErrorBody';

/**
 * Reads what the controllers' methods return, from the types they are declared with. The views stay plain interfaces of
 * their rooms; nothing has to be said twice.
 * @param root the folder of tsconfig.json. @throws Error naming the type that JSON cannot carry, or two types of one name
 */
export function readResponseTypes(root: string): ResponseTypes {
  const configFile = join(root, 'tsconfig.json');
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(configFile, ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const files = ts.sys.readDirectory(join(root, 'apps/api/src'), ['.ts'], ['**/*.spec.ts']);
  const program = ownProgram(files, { ...options, types: [], noEmit: true });
  const checker = program.getTypeChecker();
  const writer = new SchemaWriter(checker);
  const replies = new Map<string, Replies>();
  const own = files.flatMap((file) => program.getSourceFile(file)?.statements ?? []);
  for (const statement of own) {
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === WRITTEN) addWritten(statement);
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === REFUSAL)
      writer.write(checker.getTypeAtLocation(statement), undefined, REFUSAL);
    if (!ts.isClassDeclaration(statement) || !statement.name) continue;
    for (const member of statement.members) if (ts.isMethodDeclaration(member)) addMethod(statement.name.text, member);
  }
  return { replies, schemas: writer.schemas() };

  function addMethod(controller: string, method: ts.MethodDeclaration): void {
    const status = statusOf(method);
    if (status === null) return;
    const returned = checker.getTypeAtLocation(method).getCallSignatures()[0]?.getReturnType();
    const awaited = returned && checker.getAwaitedType(returned);
    if (!awaited) throw new Error(`${controller}.${method.name.getText()}: nothing is known of what it returns`);
    const key = `${controller}_${method.name.getText()}`;
    const empty = (awaited.flags & ts.TypeFlags.VoidLike) !== 0;
    if (!replies.has(key))
      replies.set(key, { [status]: empty ? null : writer.write(awaited, promised(method.type), key) });
  }

  function addWritten(declaration: ts.InterfaceDeclaration): void {
    for (const route of declaration.members) {
      if (!ts.isPropertySignature(route) || !route.type || !ts.isTypeLiteralNode(route.type)) continue;
      const byStatus = route.type.members.filter(ts.isPropertySignature).map((member) => {
        const type = checker.getTypeAtLocation(member);
        return [Number(member.name.getText()), writer.write(type, member.type, route.name.getText())] as const;
      });
      replies.set(route.name.getText(), Object.fromEntries(byStatus));
    }
  }
}

/** Without the libraries: no view is made of their types, and reading them would take ten times as long. */
function ownProgram(files: readonly string[], options: ts.CompilerOptions): ts.Program {
  const host = ts.createCompilerHost(options);
  const isOwn = (name: string) => /^(\.|@lib\/)/.test(name);
  host.resolveModuleNameLiterals = (names, file) =>
    names.map(({ text }) =>
      isOwn(text)
        ? ts.resolveModuleName(text, file, options, host, undefined, undefined, ts.ModuleKind.ESNext)
        : { resolvedModule: undefined },
    );
  return ts.createProgram(files, options, host);
}

/** The status of a route that accepts, by its decorators; null for a method that is no route. */
function statusOf(method: ts.MethodDeclaration): number | null {
  let status: number | null = null;
  let given: number | null = null;
  for (const { expression } of ts.getDecorators(method) ?? []) {
    if (!ts.isCallExpression(expression)) continue;
    const name = expression.expression.getText();
    status = VERBS[name] ?? status;
    if (name === 'HttpCode') given = Number(expression.arguments[0]?.getText());
  }
  return status === null ? null : (given ?? status);
}

/** `X` of a declared `Promise<X>`. */
function promised(node: ts.TypeNode | undefined): ts.TypeNode | undefined {
  const isPromise = node && ts.isTypeReferenceNode(node) && node.typeName.getText() === 'Promise';
  return isPromise ? node.typeArguments?.[0] : node;
}
