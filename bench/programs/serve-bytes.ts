/** Answers every request with the same bytes by node:http alone, until it is told to stop; tells where it is. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const [file = '', contentType = ''] = process.argv.slice(2)
const bytes = readFileSync(file)
const headers = { 'content-type': contentType, 'content-length': bytes.length }
const server = createServer((_request, response) => {
  response.writeHead(200, headers)
  response.end(bytes)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') process.send?.({ url: `http://127.0.0.1:${address?.port}` })
})
process.once('SIGTERM', () => process.exit(0))
process.once('disconnect', () => process.exit(0))
