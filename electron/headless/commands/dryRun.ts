import type { PromptPlan } from '../../shared/generation.ts';
import { answerRoom } from '../../services/context/usage.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import { attachmentUses, loadOverrides, modeOption } from './askOptions.ts';
import { type Asking, forgetInputs, noteWarnings } from './asking.ts';
import { planReport, withStall } from './askReport.ts';
import { chooseModel } from './chooseModel.ts';
import { loadModel } from './loadModel.ts';

/** Plans, reads and tokenises a question, runs no model, and keeps nothing. */
export async function dryRun(asking: Asking): Promise<ExitCode> {
  try {
    return await planAndReport(asking);
  } finally {
    await forgetInputs(asking.app, asking.inputs);
  }
}

async function planAndReport({ app, options, question, inputs, parentId, context }: Asking): Promise<ExitCode> {
  const { output, signal } = context;
  const model = await chooseModel(app, options, context);
  const engine = await loadModel(app, model, loadOverrides(options), output, signal);
  const attachments = attachmentUses(options, inputs, app.state().settings.panScan);
  // A stored chat has its own system text; a new one of the command line has none unless given.
  const system = options.system ?? (options.chat === null ? '' : null);
  const planned = await app.request(
    'context.plan',
    { conversationId: options.chat, parentId, text: question, attachments, ...(system === null ? {} : { system }), ...modeOption(options) },
    signal,
  );
  const room = answerRoom(options['max-tokens'] ?? app.state().settings.maxTokens, planned.usage.available);
  const fitting = withFit(planned, room);
  const plan = { ...fitting, warnings: withStall(fitting.warnings, app) };
  if (options.json) {
    output.json(planReport({ plan, chatId: options.chat, model, profile: options.profile ?? model.profile, engine, inputs }));
    return exitCodes.ok;
  }
  output.line(plan.text);
  output.line(`${plan.tokens} tokens. Nothing was run.`);
  noteWarnings(plan.warnings, context);
  return exitCodes.ok;
}

/** A plan that would be refused says so among its warnings, with the numbers. */
export function withFit(plan: PromptPlan, room: number): PromptPlan {
  const needed = plan.tokens + room;
  const { available } = plan.usage;
  if (needed <= available) return plan;
  const warning = `This does not fit and would be refused: it needs ${needed} tokens, ${room} of them for the answer, and the context holds ${available}.`;
  return { ...plan, warnings: [...plan.warnings, warning] };
}
