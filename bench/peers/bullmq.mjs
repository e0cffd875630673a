// Emails by BullMQ and nodemailer, as a service would send them that had no Candour.
//   node bullmq.mjs fill SOCKET N           puts N jobs into the queue
//   node bullmq.mjs work SOCKET SMTP_PORT   says "ready", and works from the first line of its input on
// The modules are where scripts/deps puts them: PEERS_MODULES, else build/peers/node_modules.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const modules = process.env.PEERS_MODULES || join(import.meta.dirname, '..', '..', 'build', 'peers', 'node_modules')
const require = createRequire(join(modules, 'none.js'))
const { Queue, Worker } = require('bullmq')
const { createTransport } = require('nodemailer')

const [mode, socket, number] = process.argv.slice(2)
const connection = { path: socket, maxRetriesPerRequest: null }
const AT_ONCE = 50 // jobs of a process, and its connections

// About 4 kB with its headers, as the other cases': a text and a page of HTML.
const line = 'A line of the text, which is neither long nor short, as most are.\n'
function words(job) {
  const text = `Dear ${job.name}\n\nWe have agreed with you: ${job.what}, by ${job.due}.\n\n${line.repeat(45)}`
  const html = `<!DOCTYPE html>\n<html lang="en"><p>Dear ${job.name}</p><p>${job.what}, by ${job.due}</p></html>\n`
  return { text, html }
}

async function fill(n) {
  const queue = new Queue('mail', { connection })
  const options = { attempts: 3, removeOnComplete: true, backoff: { type: 'exponential', delay: 60000 } }
  for (let at = 0; at < n; at += 500) {
    const size = Math.min(500, n - at)
    await queue.addBulk(Array.from({ length: size }, (_, i) => ({
      name: 'agreed',
      data: { to: `p${at + i}@families.example`, name: 'Parent', what: 'Ask the school for its report', due: '18 December' },
      opts: options,
    })))
  }
  await queue.close()
}

async function work(port) {
  const transport = createTransport({
    host: '127.0.0.1', port, secure: false, ignoreTLS: true, pool: true, maxConnections: AT_ONCE, maxMessages: Infinity,
  })
  const send = (job) => transport.sendMail({
    from: { name: 'Sheffield City Council', address: 'candour@sheffield.example' },
    to: { name: job.data.name, address: job.data.to },
    subject: 'A message about your case',
    ...words(job.data),
  })
  const worker = new Worker('mail', send, { connection, concurrency: AT_ONCE, autorun: false })
  worker.on('failed', (job, error) => { console.error(error.message); process.exit(1) })
  await worker.waitUntilReady()
  const input = createInterface({ input: process.stdin })
  input.once('line', () => worker.run())
  input.once('close', () => process.exit(0))
  console.log('ready')
}

if (mode === 'fill') {
  await fill(Number(number))
  process.exit(0)
}
await work(Number(number))
