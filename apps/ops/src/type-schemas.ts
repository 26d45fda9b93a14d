import ts from 'typescript';

/** JSON Schema as OpenAPI 3.1 knows it. */
export type Schema = Readonly<Record<string, unknown>>;

/** The framework's name of a stream of bytes. */
const BYTES = 'StreamableFile';

/**
 * Turns TypeScript types into JSON Schema. A type with a name of its own becomes a component of that name. Types are
 * followed along the way they are written (`level: Level`), because the checker forgets the names of unions.
 */
export class SchemaWriter {
  private readonly named = new Map<string, { readonly symbol: ts.Symbol; schema: Schema }>();

  constructor(private readonly checker: ts.TypeChecker) {}

  /** Everything that was referred to. */
  schemas(): Record<string, Schema> {
    return Object.fromEntries([...this.named].map(([name, { schema }]) => [name, schema]));
  }

  /** @param node how the type is written, where that is known. @param at told when the type cannot be sent as JSON */
  write(type: ts.Type, node: ts.TypeNode | undefined, at: string): Schema {
    if (node && ts.isParenthesizedTypeNode(node)) return this.write(type, node.type, at);
    if (node && ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword)
      return this.write(type, node.type, at);
    if (node?.getText() === BYTES) return { type: 'string', format: 'binary' };
    const symbol = this.nameOf(type, node);
    if (symbol) return this.refer(symbol, at);
    if (node && ts.isUnionTypeNode(node)) return this.writeUnion(this.partsOf(node), at);
    if (type.isUnion())
      return this.writeUnion(
        byText(type).map((part) => [part, undefined]),
        at,
      );
    return this.writeSingle(type, node, at);
  }

  /** The symbol whose name stands for the whole type; null for generic and for nameless ones. */
  private nameOf(type: ts.Type, node: ts.TypeNode | undefined): ts.Symbol | null {
    const written =
      node && ts.isTypeReferenceNode(node) && !node.typeArguments
        ? this.checker.getSymbolAtLocation(node.typeName)
        : undefined;
    const aliased = written && written.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(written) : written;
    const symbol = aliased ?? type.aliasSymbol ?? (type.isClassOrInterface() ? type.symbol : undefined);
    const isOwn = symbol?.declarations?.some(
      (declaration) => isNamedType(declaration) && !declaration.typeParameters && !isForeign(declaration),
    );
    return symbol && isOwn ? symbol : null;
  }

  /** Classes are inputs: the framework describes them under the same name, from their checks. */
  private refer(symbol: ts.Symbol, at: string): Schema {
    const ref = { $ref: `#/components/schemas/${symbol.name}` };
    if (symbol.flags & ts.SymbolFlags.Class) return ref;
    const known = this.named.get(symbol.name);
    if (known && known.symbol !== symbol) throw new Error(`${at}: two types are called ${symbol.name}`);
    if (!known) {
      const entry: { readonly symbol: ts.Symbol; schema: Schema } = { symbol, schema: {} };
      this.named.set(symbol.name, entry);
      const type = this.checker.getDeclaredTypeOfSymbol(symbol);
      const alias = symbol.declarations?.find(ts.isTypeAliasDeclaration);
      const schema = alias ? this.writeAlias(type, alias.type, symbol.name) : this.writeObject(type, symbol.name);
      entry.schema = { ...this.described(symbol), ...schema };
    }
    return ref;
  }

  private writeAlias(type: ts.Type, node: ts.TypeNode, at: string): Schema {
    if (ts.isUnionTypeNode(node)) return this.writeUnion(this.partsOf(node), at);
    if (!type.isUnion()) return this.writeSingle(type, node, at);
    const list = ts.isIndexedAccessTypeNode(node) ? this.checker.getTypeFromTypeNode(node.objectType) : null;
    // `(typeof LIST)[number]` in the order of the list; the checker's own order changes with code elsewhere.
    const parts =
      list && this.checker.isTupleType(list) ? this.checker.getTypeArguments(list as ts.TypeReference) : byText(type);
    return this.writeUnion(
      parts.map((part) => [part, undefined]),
      at,
    );
  }

  private partsOf(node: ts.UnionTypeNode): (readonly [ts.Type, ts.TypeNode])[] {
    return node.types.map((part) => [this.checker.getTypeFromTypeNode(part), part]);
  }

  private writeUnion(parts: readonly (readonly [ts.Type, ts.TypeNode | undefined])[], at: string): Schema {
    const sent = parts.filter(([type]) => !(type.flags & ts.TypeFlags.VoidLike));
    const literals = sent.flatMap(([type, node]) => (this.nameOf(type, node) ? [] : literalOf(type)));
    const rest = sent.filter(([type, node]) => this.nameOf(type, node) !== null || literalOf(type).length === 0);
    const isBoolean = literals.includes(true) && literals.includes(false);
    const values = literals.filter((value) => !isBoolean || typeof value !== 'boolean');
    const written = rest.map(([type, node]) => this.write(type, node, at));
    if (isBoolean) written.push({ type: 'boolean' });
    const nothingButNull = values.length === 1 && values[0] === null;
    if (values.length > 0 && !nothingButNull) written.push(enumOf(values));
    if (nothingButNull) {
      const [only] = written;
      if (written.length === 1 && only && typeof only['type'] === 'string')
        return { ...only, type: [only['type'], 'null'] };
      written.push({ type: 'null' });
    }
    const [first] = written;
    return written.length === 1 && first ? first : { anyOf: written };
  }

  private writeSingle(type: ts.Type, node: ts.TypeNode | undefined, at: string): Schema {
    const { checker } = this;
    const literals = literalOf(type);
    if (literals.length > 0) return enumOf(literals);
    if (type.flags & ts.TypeFlags.String) return { type: 'string' };
    if (type.flags & ts.TypeFlags.Number) return { type: 'number' };
    if (type.flags & ts.TypeFlags.Boolean) return { type: 'boolean' };
    if (type.flags & ts.TypeFlags.Unknown) return {};
    if (type.flags & ts.TypeFlags.NonPrimitive) return { type: 'object' };
    if (type.symbol?.name === 'Date') return { type: 'string', format: 'date-time' };
    if (checker.isTupleType(type)) throw new Error(`${at}: a tuple; give its parts names`);
    if (checker.isArrayType(type)) {
      const [item] = checker.getTypeArguments(type as ts.TypeReference);
      return { type: 'array', items: item ? this.write(item, itemNode(node), at) : {} };
    }
    if (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection) && type.getCallSignatures().length === 0)
      return this.writeObject(type, at);
    throw new Error(`${at}: ${checker.typeToString(type)} is no JSON`);
  }

  private writeObject(type: ts.Type, at: string): Schema {
    const { checker } = this;
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const property of checker.getPropertiesOfType(type)) {
      const propertyType = checker.getTypeOfSymbol(property);
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      const schema = this.write(
        propertyType,
        this.nodeOf(property, propertyType, isOptional),
        `${at}.${property.name}`,
      );
      properties[property.name] = { ...this.described(property), ...schema };
      if (!isOptional) required.push(property.name);
    }
    const anyKey = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    return {
      type: 'object',
      ...(required.length > 0 ? { required } : {}),
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
      ...(anyKey ? { additionalProperties: this.write(anyKey, undefined, at) } : {}),
    };
  }

  /** How a property's type is written; undefined where a generic type has put something else in its place. */
  private nodeOf(property: ts.Symbol, type: ts.Type, isOptional: boolean): ts.TypeNode | undefined {
    const declaration = property.valueDeclaration;
    if (
      !declaration ||
      !(ts.isPropertySignature(declaration) || ts.isPropertyDeclaration(declaration)) ||
      !declaration.type
    )
      return undefined;
    const written = this.checker.getTypeFromTypeNode(declaration.type);
    const actual = isOptional ? this.checker.getNonNullableType(type) : type;
    const compared = isOptional ? this.checker.getNonNullableType(written) : written;
    return compared === actual ? declaration.type : undefined;
  }

  private described(symbol: ts.Symbol): Schema {
    const description = ts
      .displayPartsToString(symbol.getDocumentationComment(this.checker))
      .replace(/\s+/g, ' ')
      .trim();
    return description ? { description } : {};
  }
}

function byText(union: ts.UnionType): ts.Type[] {
  const text = (type: ts.Type) => JSON.stringify(literalOf(type));
  return [...union.types].sort((a, b) => (text(a) < text(b) ? -1 : 1));
}

type Literal = string | number | boolean | null;

function literalOf(type: ts.Type): Literal[] {
  if (type.isStringLiteral() || type.isNumberLiteral()) return [type.value];
  if (type.flags & ts.TypeFlags.BooleanLiteral)
    return [(type as ts.Type & { intrinsicName: string }).intrinsicName === 'true'];
  return type.flags & ts.TypeFlags.Null ? [null] : [];
}

function enumOf(values: readonly Literal[]): Schema {
  if (values.every((value) => value === null)) return { type: 'null' };
  const types = [...new Set(values.map((value) => (value === null ? 'null' : typeof value)))];
  return { type: types.length === 1 ? types[0] : types, enum: [...values] };
}

function itemNode(node: ts.TypeNode | undefined): ts.TypeNode | undefined {
  if (node && ts.isArrayTypeNode(node)) return node.elementType;
  return node && ts.isTypeReferenceNode(node) ? node.typeArguments?.[0] : undefined;
}

function isNamedType(
  node: ts.Declaration,
): node is ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.ClassDeclaration {
  return ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node);
}

function isForeign(node: ts.Node): boolean {
  const { fileName } = node.getSourceFile();
  return fileName.includes('/node_modules/');
}
