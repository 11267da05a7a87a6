#!/usr/bin/env node
/* JSON against the published schemas, judged by ajv: the committed checklists and what the program
   prints for the samples.

   usage: schema.js NODE_MODULES LACUNA REPOSITORY */
'use strict';
const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');

const [modules, lacuna, root] = process.argv.slice(2);
let Ajv;
try {
  Ajv = require(path.resolve(modules, 'ajv/dist/2020')).default;
} catch (missing) {
  console.log(`skipped: ajv is not in ${modules}; ./test --oracles installs it`);
  process.exit(77);
}

const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
const schemas = {};
let wrong = 0;
let checked = 0;

function schema(name) {
  if (!schemas[name]) {
    const file = path.join(root, 'checklists/schema', name);
    schemas[name] = ajv.compile(JSON.parse(fs.readFileSync(file, 'utf8')));
  }
  return schemas[name];
}

function check(what, text, name) {
  const validate = schema(name);
  checked += 1;
  if (!validate(JSON.parse(text))) {
    wrong += 1;
    for (const error of validate.errors.slice(0, 5)) {
      console.log(`${what}: ${error.instancePath || '/'} ${error.message}`);
    }
  }
}

function run(...args) {
  const done = spawnSync(lacuna, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (![0, 1, 4].includes(done.status)) {
    console.log(`${args.join(' ')}: exit ${done.status}: ${done.stderr}`);
    process.exit(1);
  }
  return done.stdout;
}

for (const file of fs.readdirSync(path.join(root, 'checklists')).filter((f) => f.endsWith('.json'))) {
  const text = fs.readFileSync(path.join(root, 'checklists', file), 'utf8');
  if (JSON.parse(text).schema === 'lacuna.checklist/1') {
    check(file, text, 'checklist-1.json');
  }
}
check('doctor --self-test', run('doctor', '--self-test', '--format', 'json'), 'self-test-1.json');
for (const file of fs.readdirSync(path.join(root, 'samples')).filter((f) => f.endsWith('.docx'))) {
  const document = path.join(root, 'samples', file);
  check(`outline ${file}`, run('outline', document, '--format', 'json'), 'outline-1.json');
  check(`check ${file}`, run('check', document, '--format', 'json'), 'result-1.json');
}
const submission = path.join(root, 'samples/ind900204');
check('inventory', run('inventory', submission, '--format', 'json'), 'inventory-1.json');
check('outline of a submission', run('outline', submission, '--format', 'json'),
      'submission-outline-1.json');
check('check of a submission', run('check', submission, '--format', 'json'), 'result-1.json');
check('diff', run('diff', submission, '--from', '0001', '--to', '0003', '--format', 'json'),
      'diff-1.json');
const rules = path.join(root, 'checklists/ectd-rules.json');
check('ectd-documents.json', fs.readFileSync(path.join(root, 'checklists/ectd-documents.json'), 'utf8'),
      'ectd-documents-1.json');
check('ectd-rules.json', fs.readFileSync(rules, 'utf8'), 'ectd-rules-1.json');
console.log(`${checked} JSON texts against their schemas, ${wrong} wrong`);
process.exit(wrong ? 1 : 0);
