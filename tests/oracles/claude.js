// What the official TypeScript SDKs make of the same things; the side of tests/oracles/claude.py that
// runs in node. usage: node claude.js NODE_MODULES COMMAND < JSON > JSON
//   send        {provider, url, auth, calls: [{params, count}]} -> [{message} | {tokens} | {error}]
//   accumulate  [{bytes (base64), cut}] -> [message | {error}]
//   fixed       [schema] -> [transformed schema]
//   validate    {folder, bodies: [{type, body}]} -> [errors]; types Message and Count
//   sign        [{method, path, query, headers, body, keys, region, service, date}] -> [signature]
'use strict';
const {createRequire} = require('module');
const fs = require('fs');
const path = require('path');

const modules = path.resolve(process.argv[2]);
const load = createRequire(path.join(modules, 'x.js'));

const clients = {
    anthropic: (options, auth) => new (load('@anthropic-ai/sdk').default)({...options, apiKey: auth.key}),
    foundry: (options, auth) => new (load('@anthropic-ai/foundry-sdk').AnthropicFoundry)({
        ...options, ...(auth.key ? {apiKey: auth.key} : {azureADTokenProvider: async () => auth.token})}),
    vertex: (options, auth) => new (load('@anthropic-ai/vertex-sdk').AnthropicVertex)({
        ...options, projectId: auth.project, region: auth.region, authClient: {
            projectId: auth.project,
            getRequestHeaders: async () => new Headers({authorization: `Bearer ${auth.token}`})}}),
    bedrock: (options, auth) => new (load('@anthropic-ai/bedrock-sdk').AnthropicBedrockMantle)({
        ...options, awsRegion: auth.region, ...(auth.key ? {apiKey: auth.key} : {
            awsAccessKey: auth.id, awsSecretAccessKey: auth.secret, awsSessionToken: auth.session})}),
};

function errorOf(error) {
    return {error: {name: error.constructor.name, status: error.status ?? null, type: error.type ?? null}};
}

async function send({provider, url, auth, calls}) {
    const client = clients[provider]({baseURL: url, maxRetries: 2}, auth);
    const results = [];
    for (const {params, count} of calls) {
        try {
            if (count) {
                results.push({tokens: (await client.messages.countTokens(params)).input_tokens});
            } else {
                results.push({message: await client.messages.stream(params).finalMessage()});
            }
        } catch (error) {
            results.push(errorOf(error));
        }
    }
    return results;
}

async function accumulate(streams) {
    const {Stream} = load('@anthropic-ai/sdk/core/streaming');
    const {MessageStream} = load('@anthropic-ai/sdk/lib/MessageStream');
    const results = [];
    for (const {bytes, cut} of streams) {
        const all = Buffer.from(bytes, 'base64');
        const size = cut || all.length + 1;
        const pieces = new ReadableStream({
            start(controller) {
                for (let at = 0; at < all.length; at += size) controller.enqueue(all.subarray(at, at + size));
                controller.close();
            }});
        try {
            const stream = Stream.fromSSEResponse(new Response(pieces), new AbortController());
            const message = await MessageStream.fromReadableStream(stream.toReadableStream()).finalMessage();
            results.push(JSON.parse(JSON.stringify(message)));
        } catch (error) {
            results.push({error: error.type ?? error.error?.error?.type ?? 'incomplete', said: String(error)});
        }
    }
    return results;
}

async function fixed(schemas) {
    const {transformJSONSchema} = load('@anthropic-ai/sdk/lib/transform-json-schema');
    return schemas.map((schema) => transformJSONSchema(schema));
}

async function validate({folder, bodies}) {
    const Ajv = load('ajv').default;
    const {createGenerator} = load('ts-json-schema-generator');
    const types = {Message: 'MessageCreateParamsStreaming', Count: 'MessageCountTokensParams'};
    const file = path.join(folder, 'types.ts');
    // Under names of their own: the SDK declares some names twice, which the generator refuses.
    fs.writeFileSync(file, `import * as M from '${modules}/@anthropic-ai/sdk/resources/messages/messages';\n` +
        Object.entries(types).map(([name, type]) => `export type X${name} = M.${type};\n`).join(''));
    fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({
        compilerOptions: {strict: true, skipLibCheck: true, module: 'nodenext', moduleResolution: 'nodenext',
                          target: 'es2022', types: []}, files: [file]}));
    const checks = {};
    for (const name of Object.keys(types)) {
        const schema = createGenerator({path: file, tsconfig: path.join(folder, 'tsconfig.json'), type: `X${name}`,
                                        skipTypeCheck: true, additionalProperties: false}).createSchema(`X${name}`);
        checks[name] = new Ajv({strict: false, allErrors: true}).compile(schema);
    }
    return bodies.map(({type, body}) => checks[type](body) ? [] : checks[type].errors.map(
        (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`).slice(0, 8));
}

async function sign(requests) {
    const {SignatureV4} = load('@smithy/signature-v4');
    const {Sha256} = load('@aws-crypto/sha256-js');
    const results = [];
    for (const one of requests) {
        const signer = new SignatureV4({
            credentials: {accessKeyId: one.keys.id, secretAccessKey: one.keys.secret,
                          ...(one.keys.session ? {sessionToken: one.keys.session} : {})},
            region: one.region, service: one.service, sha256: Sha256});
        const signed = await signer.sign(
            {method: one.method, protocol: 'https:', hostname: one.headers.host, path: one.path, query: one.query,
             headers: one.headers, body: one.body},
            {signingDate: new Date(one.date), signableHeaders: new Set(Object.keys(one.headers))});
        results.push(signed.headers.authorization.split('Signature=')[1]);
    }
    return results;
}

const commands = {send, accumulate, fixed, validate, sign};
commands[process.argv[3]](JSON.parse(fs.readFileSync(0, 'utf8')))
    .then((result) => process.stdout.write(JSON.stringify(result)))
    .catch((error) => { console.error(error); process.exit(1); });
