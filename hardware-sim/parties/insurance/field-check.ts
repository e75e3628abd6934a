/**
 * Checks fields of a request against the interface's tables: present when
 * mandatory, not longer than allowed, dates and decimals in their form.
 */
import { parseSecond } from '../beijing-time.ts';
import { parseDecimal } from '../decimal.ts';
import { fieldOf, isList, isObject, textOf, type WireObject, type WireValue } from '../wire-json.ts';
import { Refusal } from './refusal.ts';

interface FieldRule {
  readonly name: string;
  readonly mandatory: boolean;
  readonly form:
    | { readonly kind: 'text'; readonly length: number }
    | { readonly kind: 'time' | 'day' }
    | {
        readonly kind: 'decimal';
        readonly places: number;
      };
}

const parsed = new Map<string, readonly FieldRule[]>();

function rulesOf(table: string): readonly FieldRule[] {
  const known = parsed.get(table);
  if (known) return known;
  const rules = table.split(/\s+/).filter(Boolean).map(ruleOf);
  parsed.set(table, rules);
  return rules;
}

function ruleOf(word: string): FieldRule {
  const match = /^(\w+):(DT|D|N\d|\d+)(!?)$/.exec(word);
  if (!match) throw new Error(`The field table says ${word}, which is no rule.`);
  const [, name = '', form = '', mark] = match;
  const mandatory = mark === '!';
  if (form === 'DT') return { name, mandatory, form: { kind: 'time' } };
  if (form === 'D') return { name, mandatory, form: { kind: 'day' } };
  if (form.startsWith('N')) return { name, mandatory, form: { kind: 'decimal', places: Number(form.slice(1)) } };
  return { name, mandatory, form: { kind: 'text', length: Number(form) } };
}

/** @throws Refusal that names the field, never its content. */
export function checkFields(node: WireValue | undefined, table: string, where: string): void {
  if (!isObject(node)) throw new Refusal(`${where}节点缺失或格式不正确`);
  for (const rule of rulesOf(table)) {
    const value = fieldOf(node, rule.name);
    const text = textOf(node, rule.name);
    if (text === undefined) {
      if (value !== undefined && value !== null && value !== '') throw new Refusal(`${where}.${rule.name}类型不正确`);
      if (rule.mandatory) throw new Refusal(`${where}.${rule.name}不能为空`);
      continue;
    }
    if (!fits(rule, text)) throw new Refusal(`${where}.${rule.name}格式或长度不正确`);
  }
}

function fits(rule: FieldRule, text: string): boolean {
  switch (rule.form.kind) {
    case 'text':
      return [...text].length <= rule.form.length;
    case 'time':
      return parseSecond(text) !== undefined;
    case 'day':
      return /^\d{4}-\d{2}-\d{2}$/.test(text);
    case 'decimal':
      return parseDecimal(text, rule.form.places) !== undefined;
  }
}

/** Checks every node that the transaction's table names; `name[]` is a list with at least one row. */
export function checkInput(input: WireObject, nodes: Readonly<Record<string, string>>): void {
  for (const [name, table] of Object.entries(nodes)) {
    if (!name.endsWith('[]')) {
      checkFields(fieldOf(input, name), table, name);
      continue;
    }
    const node = name.slice(0, -2);
    const rows = fieldOf(input, node);
    if (!isList(rows) || rows.length === 0) throw new Refusal(`${node}节点缺失或为空`);
    for (const row of rows) checkFields(row, table, node);
  }
}
