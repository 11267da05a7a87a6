#!/usr/bin/env node
/* Reports for other programs, judged by others: SARIF by the OASIS schema and by Microsoft's
   multitool (its own rules and those of GitHub; no error), code quality by a schema of what GitLab
   documents. Over the samples, a damaged document, and files with unusual names.

   usage: formats.js NODE_MODULES LACUNA REPOSITORY */
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');

const [modules, lacuna, root] = process.argv.slice(2).map((one) => path.resolve(one));
const multitool = path.join(modules, '@microsoft/sarif-multitool-linux/Sarif.Multitool');
let Ajv, Ajv4, oasis;
try {
  Ajv = require(path.join(modules, 'ajv/dist/2020')).default;
  Ajv4 = require(path.join(modules, 'ajv-draft-04')).default;
  oasis = JSON.parse(fs.readFileSync(
    path.join(modules, '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));
  fs.accessSync(multitool);
} catch (missing) {
  console.log(`skipped: ajv, ajv-draft-04, @microsoft/jest-sarif or @microsoft/sarif-multitool is not in ` +
              `${modules}; ./test --oracles installs them`);
  process.exit(77);
}

let wrong = 0;
function complain(what, why) {
  wrong += 1;
  console.log(`${what}: ${why}`);
}

function fill(folder) {
  const text = fs.readFileSync(path.join(root, 'tests/cases/shared/gaps.md'));
  for (const name of ['two words.md', '100% %41.md', 'größe.md', 'line\nend.md', 'a:b,c?#d.md', "<&>'\".md"]) {
    fs.writeFileSync(path.join(folder, name), text);
  }
  fs.writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff]), Buffer.from('.md')]), text);
  fs.writeFileSync(path.join(folder, 'damaged.docx'), 'PK\x03\x04 this is no package');
  fs.cpSync(path.join(root, 'samples/ind900204'), path.join(folder, 'ind 900204'), { recursive: true });
  for (const name of fs.readdirSync(path.join(root, 'samples')).filter((one) => one.endsWith('.docx'))) {
    fs.copyFileSync(path.join(root, 'samples', name), path.join(folder, name));
  }
}

function validate(ajv, schema, data, what) {
  const check = ajv.compile(schema);
  if (!check(data)) {
    for (const error of check.errors.slice(0, 5)) {
      complain(what, `${error.instancePath || '/'} ${error.message}`);
    }
  }
}

/* Its exit code is 0 whatever it finds: the levels in its own report count. */
function judge(file, report) {
  const done = spawnSync(multitool, ['validate', file, '--rule-kind', 'Sarif;Ghas', '-o', report, '--log',
                                     'ForceOverwrite', '--level', 'Error;Warning;Note'],
                         { encoding: 'utf8', env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' } });
  if (!fs.existsSync(report)) {
    complain('multitool', `no report, exit ${done.status}: ${done.stderr || done.stdout || done.error}`);
    return;
  }
  const results = JSON.parse(fs.readFileSync(report, 'utf8').replace(/^\uFEFF/, '')).runs[0].results || [];
  // Without its notes it did not look: our rules lack the ids it likes, and it says so of each.
  if (!results.some((one) => one.level === 'note')) {
    complain('multitool', 'it said nothing at all');
  }
  for (const one of results.filter((each) => each.level === 'error')) {
    complain('multitool', `${one.ruleId} ${JSON.stringify(one.message)}`);
  }
}

/* A waiver of every third finding and a baseline of the others, so that every state is there. */
function gate(folder, work) {
  const all = path.join(work, 'all.json');
  spawnSync(lacuna, ['check', '.', '-o', `json=${all}`], { cwd: folder });
  const result = JSON.parse(fs.readFileSync(all, 'utf8'));
  const digests = Object.fromEntries(result.checklists.map((one) => [one.id, one.digest]));
  const waivers = result.findings.filter((one, index) => index % 3 === 0).map((one, index) => ({
    id: `W${index}`, rule: one.rule, scope: { fingerprint: one.fingerprint }, justification: 'Known <b> %0A.',
    approver: 'Q. A.', created: '2020-01-01', expires: index % 2 ? '2020-12-31' : '2999-12-31',
    ...(one.checklist ? { checklist: { id: one.checklist, digest: digests[one.checklist] } } : {}),
  }));
  const known = result.findings.filter((one, index) => index % 3 === 1).map((one) => ({
    document: one.identity, fingerprint: one.fingerprint, message: one.message, rule: one.rule,
    severity: one.severity, ...(one.checklist ? { checklist: one.checklist } : {}),
  }));
  const files = ['.waivers.json', '.baseline.json'];
  fs.writeFileSync(path.join(folder, files[0]), JSON.stringify({ schema: 'lacuna.waivers/1', waivers }));
  fs.writeFileSync(path.join(folder, files[1]), JSON.stringify({ schema: 'lacuna.baseline/1', fingerprints: 'lacuna/v1', findings: known }));
  return ['--waivers', files[0], '--baseline', files[1]];
}

function compare(folder, work, flags) {
  const sarif = path.join(work, 'report.sarif');
  const gitlab = path.join(work, 'gitlab.json');
  const done = spawnSync(lacuna, ['check', '.', '-o', `sarif=${sarif}`, '-o', `gitlab=${gitlab}`, ...flags],
                         { cwd: folder, encoding: 'utf8' });
  if (done.status !== 3) {
    complain('check', `exit ${done.status}: ${done.stderr}`);
    return;
  }
  const log = JSON.parse(fs.readFileSync(sarif, 'utf8'));
  const results = log.runs[0].results;
  // A pattern of the schema (the language) is no regular expression with the flag u.
  validate(new Ajv4({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true }), oasis,
           log, 'OASIS schema');
  judge(sarif, path.join(work, 'judged.sarif'));
  const schema = JSON.parse(fs.readFileSync(path.join(__dirname, 'gitlab.schema.json'), 'utf8'));
  validate(new Ajv({ strict: false, allErrors: true }), schema, JSON.parse(fs.readFileSync(gitlab, 'utf8')),
           'GitLab');
  if (flags.length > 0 && !(results.some((one) => one.suppressions) &&
                            results.some((one) => one.baselineState === 'unchanged') &&
                            results.some((one) => one.baselineState === 'new'))) {
    complain('gate', 'not every state is there');
  }
  console.log(`${results.length} results judged, ${wrong} complaints`);
}

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'lacuna-'));
try {
  const folder = path.join(work, 'in');
  fs.mkdirSync(folder);
  fill(folder);
  compare(folder, work, []);
  compare(folder, work, gate(folder, work));
} finally {
  fs.rmSync(work, { recursive: true, force: true });
}
process.exit(wrong ? 1 : 0);
