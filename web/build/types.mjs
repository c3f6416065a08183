// Writes src/api/schema.ts from ../openapi.yaml: one interface per schema, one entry per operation, keyed as the contract writes it.
import { readFileSync, writeFileSync, existsSync } from 'node:fs';
import { parse } from 'yaml';

const contract = parse(readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8'));
const target = new URL('../src/api/schema.ts', import.meta.url);

const resolve = (node) =>
  node?.$ref ? node.$ref.slice(2).split('/').reduce((at, step) => at[step], contract) : node;
const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

/** The TypeScript type of a JSON schema. */
function type(schema) {
  if (!schema) return 'unknown';
  if (schema.$ref) return schema.$ref.split('/').pop();
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return [...new Set(choices.map(type))].join(' | ');
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'array':
      return `Array<${type(schema.items)}>`;
    case 'object':
      return object(schema);
    default:
      return 'unknown';
  }
}

function object(schema) {
  if (!schema.properties) {
    const values = schema.additionalProperties;
    return `Record<string, ${values && values !== true ? type(values) : 'unknown'}>`;
  }
  const required = new Set(schema.required ?? []);
  const members = Object.entries(schema.properties).map(
    ([name, member]) => `${key(name)}${required.has(name) ? '' : '?'}: ${type(member)}`,
  );
  return `{ ${members.join('; ')} }`;
}

function parameters(list, place) {
  const mine = list.map(resolve).filter((parameter) => parameter.in === place);
  if (mine.length === 0) return 'undefined';
  const members = mine.map((p) => `${key(p.name)}${p.required ? '' : '?'}: ${type(p.schema)}`);
  return `{ ${members.join('; ')} }`;
}

function answer(responses) {
  const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  const types = good.map(([, response]) => {
    const content = resolve(response).content;
    return content ? type(Object.values(content)[0].schema) : 'undefined';
  });
  return [...new Set(types)].join(' | ') || 'undefined';
}

const lines = ['// Generated from openapi.yaml by build/types.mjs.', ''];
for (const [name, schema] of Object.entries(contract.components.schemas)) {
  lines.push(`export type ${name} = ${type(schema)};`);
}
lines.push('', 'export interface Operations {');
for (const [path, item] of Object.entries(contract.paths)) {
  for (const [method, operation] of Object.entries(item)) {
    if (method === 'parameters') continue;
    const all = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
    const body = operation.requestBody ? type(Object.values(operation.requestBody.content)[0].schema) : 'undefined';
    lines.push(
      `  '${method.toUpperCase()} ${path}': {`,
      `    path: ${parameters(all, 'path')};`,
      `    query: ${parameters(all, 'query')};`,
      `    body: ${body};`,
      `    answer: ${answer(operation.responses)};`,
      '  };',
    );
  }
}
lines.push('}', '');

const text = lines.join('\n');
if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
