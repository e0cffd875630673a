// Opens HTML files as a reader of emails would, and says what axe-core finds.
//   node look.mjs OUT FILE ...
// Pictures at the width of a phone and of a desk, in light and dark, and of the phone at 400 % zoom, go to OUT.
// A line of JSON for each finding that is serious or critical, and for each page that is wider than its window.
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(join(process.env.BROWSER_MODULES, 'none.js'))
const { chromium } = require('playwright-core')
const axe = require.resolve('axe-core/axe.min.js')
const [out, ...files] = process.argv.slice(2)

const views = [
  { name: 'phone', width: 360, height: 740, scheme: 'light' },
  { name: 'desk', width: 1280, height: 900, scheme: 'light' },
  { name: 'dark', width: 360, height: 740, scheme: 'dark' },
  // WCAG 1.4.10: 1280 pixels at 400 %
  { name: 'zoom', width: 320, height: 256, scheme: 'light' },
]

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
})
for (const file of files) {
  for (const view of views) {
    const page = await browser.newPage({
      viewport: { width: view.width, height: view.height },
      colorScheme: view.scheme,
      bypassCSP: true,
    })
    await page.goto(pathToFileURL(file).href)
    await page.screenshot({ path: join(out, `${basename(file, '.html')}-${view.name}.png`), fullPage: true })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    if (wide) console.log(JSON.stringify({ file, view: view.name, id: 'wider-than-the-window' }))
    // axe-core takes a canvas that nobody coloured for white, in the dark, too.
    await page.evaluate(() => { document.documentElement.style.backgroundColor = 'Canvas' })
    await page.addScriptTag({ path: axe })
    const { violations } = await page.evaluate(() => window.axe.run())
    for (const { id, impact, nodes } of violations) {
      if (impact === 'serious' || impact === 'critical')
        console.log(JSON.stringify({ file, view: view.name, id, impact, at: nodes.map((n) => n.target.join(' ')) }))
    }
    await page.close()
  }
}
await browser.close()
