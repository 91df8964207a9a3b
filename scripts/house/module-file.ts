/** One source file → what it imports and which process-wide things it touches. Knows syntax, no rule. */
import { posix } from 'node:path'
import { parseSync } from 'oxc-parser'

export interface ImportEdge {
  /** As written; `null` for a dynamic import whose target is not a literal. */
  specifier: string | null
  /** Path from the root of the repository, for a relative specifier. */
  target: string | null
  line: number
}

export type UseKind = 'process.env' | 'process.exit' | 'print'

export interface Use {
  kind: UseKind
  line: number
}

export interface ModuleFile {
  /** From the root of the repository, with `/`. */
  path: string
  imports: ImportEdge[]
  uses: Use[]
  /** Lines with `export * from`. */
  starExports: number[]
  /** Lines of top-level statements that are not `export … from`. */
  ownStatements: number[]
}

interface SyntaxNode {
  type: string
  start: number
  [key: string]: unknown
}

const PROCESS_MODULES = new Set(['process', 'node:process'])
const PROCESS_USES: Readonly<Record<string, UseKind>> = {
  env: 'process.env',
  exit: 'process.exit',
  reallyExit: 'process.exit',
  stdout: 'print',
  stderr: 'print',
}

/** Throws when the text does not parse: a rule over half a file would be worth nothing. */
export function readModule(path: string, text: string): ModuleFile {
  const parsed = parseSync(path, text)
  const fault = parsed.errors[0]
  if (fault) throw new Error(`${path} does not parse: ${fault.message}`)
  const file: ModuleFile = { path, imports: [], uses: [], starExports: [], ownStatements: [] }
  const body = parsed.program.body as unknown as SyntaxNode[]
  const reader = createReader(file, text, processNames(body))
  body.forEach(reader.readStatement)
  body.forEach(reader.walk)
  return file
}

/** `process` and every name under which the file imports it whole. */
function processNames(body: SyntaxNode[]): Set<string> {
  const names = new Set(['process'])
  for (const statement of body) {
    if (statement.type !== 'ImportDeclaration') continue
    if (!PROCESS_MODULES.has(literal(statement['source']) ?? '')) continue
    for (const specifier of statement['specifiers'] as SyntaxNode[]) {
      if (specifier.type !== 'ImportSpecifier') names.add(nameOf(specifier['local']) ?? '')
    }
  }
  return names
}

function createReader(file: ModuleFile, text: string, processAliases: Set<string>) {
  const lineOf = (node: SyntaxNode) => text.slice(0, node.start).split('\n').length

  function addImport(specifier: string | null, node: SyntaxNode): void {
    const target = specifier?.startsWith('.')
      ? posix.normalize(posix.join(posix.dirname(file.path), specifier))
      : null
    file.imports.push({ specifier, target, line: lineOf(node) })
  }

  function addUse(property: string | null, node: SyntaxNode): void {
    const kind = property === null ? undefined : PROCESS_USES[property]
    if (kind) file.uses.push({ kind, line: lineOf(node) })
  }

  function isProcess(value: unknown): boolean {
    if (!isNode(value)) return false
    if (value.type === 'Identifier') return processAliases.has(nameOf(value) ?? '')
    return (
      value.type === 'MemberExpression' &&
      nameOf(value['object']) === 'globalThis' &&
      propertyOf(value) === 'process'
    )
  }

  function readStatement(node: SyntaxNode): void {
    const reExports = node.type.startsWith('Export') && isNode(node['source'])
    if (!reExports) file.ownStatements.push(lineOf(node))
    if (node.type === 'ExportAllDeclaration') file.starExports.push(lineOf(node))
  }

  /** `import … from`, `export … from`, `import()`, `import('…').Type`, `require()`, `new URL('…', import.meta.url)`. */
  function readImport(node: SyntaxNode): void {
    if (/^(Import|Export(Named|All))Declaration$/.test(node.type)) {
      if (isNode(node['source'])) addImport(literal(node['source']), node)
    } else if (node.type === 'ImportExpression' || node.type === 'TSImportType') {
      addImport(literal(node['source']), node)
    } else if (node.type === 'TSExternalModuleReference') {
      addImport(literal(node['expression']), node)
    } else if (node.type === 'CallExpression' && nameOf(node['callee']) === 'require') {
      addImport(literal((node['arguments'] as unknown[])[0]), node)
    } else if (node.type === 'NewExpression' && nameOf(node['callee']) === 'URL') {
      const [path, base] = node['arguments'] as unknown[]
      if (isImportMetaUrl(base) && /\.[cm]?[jt]sx?$/.test(literal(path) ?? '')) {
        addImport(literal(path), node)
      }
    }
  }

  function readUse(node: SyntaxNode): void {
    if (node.type === 'MemberExpression' && isProcess(node['object'])) {
      addUse(propertyOf(node), node)
    }
    for (const [pattern, value] of destructurings(node)) {
      if (!isProcess(value)) continue
      for (const key of patternKeys(pattern)) addUse(key, node)
    }
    if (node.type === 'ImportDeclaration' && PROCESS_MODULES.has(literal(node['source']) ?? '')) {
      for (const specifier of node['specifiers'] as SyntaxNode[]) {
        addUse(nameOf(specifier['imported']), specifier)
      }
    }
    if (node.type === 'Identifier' && node['name'] === 'console') {
      file.uses.push({ kind: 'print', line: lineOf(node) })
    }
  }

  function walk(node: SyntaxNode): void {
    readImport(node)
    readUse(node)
    for (const child of children(node)) walk(child)
  }

  return { readStatement, walk }
}

/** Pairs of pattern and value: `const { env } = process`, `({ env } = process)`, `({ env } = process) => …`. */
function destructurings(node: SyntaxNode): [unknown, unknown][] {
  if (node.type === 'VariableDeclarator') return [[node['id'], node['init']]]
  if (node.type === 'AssignmentExpression' || node.type === 'AssignmentPattern') {
    return [[node['left'], node['right']]]
  }
  return []
}

function patternKeys(pattern: unknown): (string | null)[] {
  if (!isNode(pattern) || pattern.type !== 'ObjectPattern') return []
  return (pattern['properties'] as SyntaxNode[]).map(
    (property) => nameOf(property['key']) ?? literal(property['key']),
  )
}

/** Child nodes without names that are no references: `a.console`, `{ console: 1 }`, `interface { console: X }`. */
function children(node: SyntaxNode): SyntaxNode[] {
  const skipped = node['computed'] === true ? '' : SKIPPED_NAMES[node.type]
  const found: SyntaxNode[] = []
  for (const [key, value] of Object.entries(node)) {
    if (key === skipped) continue
    if (isNode(value)) found.push(value)
    if (Array.isArray(value)) found.push(...value.filter(isNode))
  }
  return found
}

const SKIPPED_NAMES: Readonly<Record<string, string>> = {
  MemberExpression: 'property',
  Property: 'key',
  PropertyDefinition: 'key',
  MethodDefinition: 'key',
  TSPropertySignature: 'key',
  TSMethodSignature: 'key',
}

function isNode(value: unknown): value is SyntaxNode {
  return (
    typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string'
  )
}

function nameOf(value: unknown): string | null {
  return isNode(value) && typeof value['name'] === 'string' ? value['name'] : null
}

function literal(value: unknown): string | null {
  return isNode(value) && typeof value['value'] === 'string' ? value['value'] : null
}

function propertyOf(member: SyntaxNode): string | null {
  const property = member['property']
  return member['computed'] === true ? literal(property) : nameOf(property)
}

function isImportMetaUrl(value: unknown): boolean {
  return (
    isNode(value) &&
    value.type === 'MemberExpression' &&
    isNode(value['object']) &&
    value['object'].type === 'MetaProperty'
  )
}
