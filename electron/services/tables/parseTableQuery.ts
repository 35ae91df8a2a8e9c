import { z } from 'zod';
import { facetError } from '../../shared/errors.ts';
import type { TableQuery } from '../../shared/tableQuery.ts';

const name = z.string().max(1_000);
const filter = z.object({
  column: name,
  operator: z.enum(['=', '!=', '<', '<=', '>', '>=', 'contains']),
  value: z.union([z.string().max(1_000), z.number(), z.boolean()]),
});

/** A query as anyone writes it; what is left out means nothing. */
export const tableQuerySchema = z.object({
  table: z.number().int().min(1).default(1),
  columns: z.array(name).max(200).default([]),
  filters: z.array(filter).max(50).default([]),
  aggregate: z.enum(['none', 'count', 'sum', 'average', 'min', 'max']).default('none'),
  aggregateColumn: name.nullable().default(null),
  groupBy: name.nullable().default(null),
  order: z
    .object({ column: name, direction: z.enum(['ascending', 'descending']) })
    .nullable()
    .default(null),
  limit: z.number().int().min(1).max(1_000_000).nullable().default(null),
});

/** The query in a model's answer, with or without a code fence around it. @throws FacetError invalidRequest naming what is wrong */
export function parseTableQuery(answer: string): TableQuery {
  const start = answer.indexOf('{');
  const end = answer.lastIndexOf('}');
  let written: unknown;
  try {
    written = JSON.parse(answer.slice(start, end + 1));
  } catch (error) {
    throw facetError('invalidRequest', { field: 'query', reason: 'it is not JSON' }, error);
  }
  const parsed = tableQuerySchema.safeParse(written);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw facetError('invalidRequest', { field: `query.${issue?.path.join('.') ?? ''}`, reason: issue?.message ?? 'it is not understood' });
}
