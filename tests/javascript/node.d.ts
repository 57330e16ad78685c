// As much of Node as the scripts that it runs use; the packages that they load are untyped.

declare module "node:fs" {
  export function readFileSync(path: string, encoding: string): string;
}

declare module "node:module" {
  export function createRequire(from: string): (name: string) => any;
}

declare module "node:path" {
  export function join(...parts: string[]): string;
}

declare module "node:url" {
  export function pathToFileURL(path: string): { href: string };
}

declare const process: { argv: string[] };
declare const console: { log(text: string): void };

interface ImportMeta {
  url: string;
}

/** A page of Lighthouse's report, as far as it is read. */
interface Audit {
  score: number | null;
  displayValue?: string;
  numericValue: number;
  details?: { items: any };
}

interface Result {
  audits: Record<string, Audit>;
  categories: Record<string, { score: number; auditRefs: { id: string; weight: number }[] }>;
  environment: { benchmarkIndex: number };
  runtimeError?: { message: string };
}
