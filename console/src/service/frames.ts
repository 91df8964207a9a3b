/** Text of an event stream → its frames (the format of server-sent events). Pure. */

export interface Frame {
  event: string
  data: string
  /** `null` where the frame sets none. */
  id: string | null
}

/** Reads pieces of text as they arrive; a frame is given when it is whole. */
export function createFrameReader(): (piece: string) => Frame[] {
  let rest = ''
  return (piece) => {
    const blocks = (rest + piece).replaceAll('\r\n', '\n').split('\n\n')
    rest = blocks.pop() ?? ''
    return blocks.map(readFrame).filter((frame) => frame !== null)
  }
}

/** `null` for comments, which only keep the connection open. */
function readFrame(block: string): Frame | null {
  const frame: Frame = { event: 'message', data: '', id: null }
  const data: string[] = []
  for (const line of block.split('\n')) {
    const [, name = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? []
    if (name === 'event') frame.event = value
    else if (name === 'id') frame.id = value
    else if (name === 'data') data.push(value)
  }
  if (data.length === 0) return null
  return { ...frame, data: data.join('\n') }
}
