// Text messages by BullMQ and Node's own HTTP client, as a service would send them that had no Candour.
//   node bullmq_sms.mjs fill SOCKET N      puts N jobs into the queue
//   node bullmq_sms.mjs work SOCKET URL    says "ready", and works from the first line of its input on
// The modules are where scripts/deps puts them: PEERS_MODULES, else build/peers/node_modules.
import { createRequire } from 'node:module'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const modules = process.env.PEERS_MODULES || join(import.meta.dirname, '..', '..', 'build', 'peers', 'node_modules')
const require = createRequire(join(modules, 'none.js'))
const { Queue, Worker } = require('bullmq')

const [mode, socket, last] = process.argv.slice(2)
const connection = { path: socket, maxRetriesPerRequest: null }
const AT_ONCE = 50 // jobs, and connections

async function fill(n) {
  const queue = new Queue('sms', { connection })
  const options = { attempts: 3, removeOnComplete: true, backoff: { type: 'exponential', delay: 60000 } }
  for (let at = 0; at < n; at += 500) {
    const size = Math.min(500, n - at)
    await queue.addBulk(Array.from({ length: size }, (_, i) => ({
      name: 'agreed',
      data: { id: `m${at + i}`, to: `+447700900${String((at + i) % 1000).padStart(3, '0')}`, name: 'Parent', due: 'Friday 18 December 2099' },
      opts: options,
    })))
  }
  await queue.close()
}

function post(url, agent, body) {
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      agent, method: 'POST', headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) },
    }, (answer) => {
      answer.resume()
      answer.on('end', () => (answer.statusCode < 300 ? resolve() : reject(new Error(`status ${answer.statusCode}`))))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

async function work(url) {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const send = (job) => post(url, agent, JSON.stringify({
    to: job.data.to,
    from: 'Sheffield',
    text: `Sheffield: ${job.data.name}, we have agreed to do something by ${job.data.due}. Questions: Sam Okafor, 0114 496 0101`,
    reference: job.data.id,
  }))
  const worker = new Worker('sms', send, { connection, concurrency: AT_ONCE, autorun: false })
  worker.on('failed', (job, error) => { console.error(error.message); process.exit(1) })
  await worker.waitUntilReady()
  const input = createInterface({ input: process.stdin })
  input.once('line', () => worker.run())
  input.once('close', () => process.exit(0))
  console.log('ready')
}

if (mode === 'fill') {
  await fill(Number(last))
  process.exit(0)
}
await work(last)
