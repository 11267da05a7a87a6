// The MCP server against the official clients, which validate every result with their own schemas and structured content
// with the tool's output schema. usage: mcp.mjs NODE_MODULES LACUNA SAMPLES ERA
// ERA: sdk (initialize, v1 client), default, auto, pinned (v2 client). Prints a summary as JSON; fails on the first error.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const [modules, lacuna, samples, era] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), 'x.js'));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

async function connect() {
  const server = { command: lacuna, args: ['mcp', '--root', samples], stderr: 'inherit' };
  const info = { name: 'oracle', version: '1' };
  if (era === 'sdk') {
    const { Client } = await load('@modelcontextprotocol/sdk/client/index.js');
    const { StdioClientTransport } = await load('@modelcontextprotocol/sdk/client/stdio.js');
    const client = new Client(info, { capabilities: {} });
    await client.connect(new StdioClientTransport(server));
    return client;
  }
  const { Client } = await load('@modelcontextprotocol/client');
  const { StdioClientTransport } = await load('@modelcontextprotocol/client/stdio');
  const options = { capabilities: {} };
  if (era === 'auto') options.versionNegotiation = { mode: 'auto' };
  if (era === 'pinned') options.versionNegotiation = { mode: { pin: '2026-07-28' } };
  const client = new Client(info, options);
  await client.connect(new StdioClientTransport(server));
  return client;
}

function must(condition, what) {
  if (!condition) throw new Error(what);
}

const CALLS = [
  ['check', { path: 'consent-form.docx', as_of: '2026-01-01' }],
  ['check', { path: 'ind900204', limit: 5, as_of: '2026-01-01' }],
  ['check', { path: 'letters' }],
  ['outline', { path: 'protocol.docx', limit: 10 }],
  ['outline', { path: 'ind900204' }],
  ['explain', { item: 'm11.6.7.4' }],
  ['find_evidence', { path: 'protocol.docx', item: 'm11.6.7.4' }],
  ['find_evidence', { path: 'protocol.docx', words: 'adverse events' }],
  ['letter', { path: 'letters/clinical-hold.txt' }],
  ['draft_plan', { path: 'protocol.docx', sources: ['source'] }],
  ['verify_text', { path: 'protocol.docx', against: ['source'], supported: true }],
  ['verify_text', { name: 'a.md', text: 'The dose was 4711 mg.', against: ['protocol.docx'] }],
];

const client = await connect();
const tools = (await client.listTools()).tools;
must(tools.length === 7, 'seven tools');
let calls = 0;
for (const [name, args] of CALLS) {
  const result = await client.callTool({ name, arguments: args });
  must(!result.isError, `${name}: ${JSON.stringify(result.content)}`);
  must(result.structuredContent.report, `${name}: a report`);
  calls++;
  const read = await client.readResource({ uri: result.structuredContent.report });
  JSON.parse(read.contents[0].text);
}
const wrong = await client.callTool({ name: 'check', arguments: { path: '/etc/passwd' } });
must(wrong.isError, 'a path outside the root is an error of the tool');
let told = 0;
await client.callTool({ name: 'check', arguments: { path: '.' } }, ...(era === 'sdk'
  ? [undefined, { onprogress: () => told++ }] : [{ onprogress: () => told++ }]));
const controller = new AbortController();
const slow = client.callTool({ name: 'check', arguments: { path: 'ind900204' } }, ...(era === 'sdk'
  ? [undefined, { signal: controller.signal }] : [{ signal: controller.signal }])).then(() => 'done', () => 'cancelled');
controller.abort();
must(await slow === 'cancelled', 'an aborted call ends');
const resources = [];
let cursor;
do {
  const page = await client.listResources(cursor ? { cursor } : {});
  resources.push(...page.resources);
  cursor = page.nextCursor;
} while (cursor);
must(new Set(resources.map((r) => r.uri)).size >= 25 + CALLS.length, 'every resource is listed');
await client.readResource({ uri: 'lacuna://checklist/protocol_m11' });
must((await client.listResourceTemplates()).resourceTemplates.length === 3, 'templates');
let missing = '';
await client.readResource({ uri: 'lacuna://result/999' }).catch((error) => { missing = String(error.code); });
must(missing, 'a resource that is not there is an error');
const prompts = (await client.listPrompts()).prompts;
for (const prompt of prompts) {
  const args = Object.fromEntries(prompt.arguments.map((a) => [a.name, 'x']));
  must((await client.getPrompt({ name: prompt.name, arguments: args })).messages.length === 1, prompt.name);
}
const summary = { era, server: client.getServerVersion(), calls, told, missing, resources: resources.length,
  protocol: client.getNegotiatedProtocolVersion?.() ?? null };
await client.close();
console.log(JSON.stringify(summary));
