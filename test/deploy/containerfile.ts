/** A Containerfile as instructions: comments left out, lines that go on put together. */

export interface Instruction {
  name: string
  /** `--from=build` as `from`: `build`. */
  flags: Readonly<Record<string, string>>
  text: string
}

export interface Stage {
  image: string
  name: string | null
  instructions: Instruction[]
}

const KNOWN = new Set(
  'FROM ARG ENV WORKDIR COPY ADD RUN USER VOLUME EXPOSE LABEL HEALTHCHECK ENTRYPOINT CMD STOPSIGNAL SHELL'.split(
    ' ',
  ),
)

export function parseContainerfile(text: string): Stage[] {
  const stages: Stage[] = []
  for (const instruction of instructionsOf(text)) {
    if (instruction.name === 'FROM') stages.push(openStage(instruction))
    else if (stages.length > 0) stages.at(-1)?.instructions.push(instruction)
    else if (instruction.name !== 'ARG') throw new Error(`${instruction.name} before FROM`)
  }
  return stages
}

function instructionsOf(text: string): Instruction[] {
  const lines = text.split('\n').filter((line) => !/^\s*(#|$)/.test(line))
  const joined = lines.join('\n').replaceAll(/[ \t]*\\\n\s*/g, ' ')
  if (joined.endsWith('\\')) throw new Error('the last line goes on')
  return joined.split('\n').map(readInstruction)
}

function readInstruction(line: string): Instruction {
  const [, name = '', rest = ''] = /^([A-Z]+) +(.+)$/.exec(line) ?? []
  if (!KNOWN.has(name)) throw new Error(`no instruction: ${line}`)
  const flags: Record<string, string> = {}
  const text = rest.replaceAll(/(?<=^|^(?:--\S+ +)+)--([a-z-]+)=(\S+) +/g, (_, flag, value) => {
    flags[String(flag)] = String(value)
    return ''
  })
  return { name, flags, text }
}

function openStage({ text }: Instruction): Stage {
  const [, image = '', name] = /^(\S+)(?: AS (\S+))?$/.exec(text) ?? []
  if (image === '') throw new Error(`no image: ${text}`)
  return { image, name: name ?? null, instructions: [] }
}

/** All of that name in a stage, in their order. */
export function ofName(stage: Stage, name: string): Instruction[] {
  return stage.instructions.filter((instruction) => instruction.name === name)
}

/** Variables that a stage sets. */
export function environmentOf(stage: Stage): Record<string, string> {
  const pairs = ofName(stage, 'ENV').flatMap(({ text }) => text.split(/ +/))
  return Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s, 2) as [string, string]))
}
