/** What happened to a task, in order, from the times that the API gives. */

import type { Reply } from "@humanops/sdk";
import { language } from "../messages/words";

type Task = Reply<"getTask">;
interface Step {
  name: string;
  /** Null where the API does not tell it: it came between its neighbours. */
  at: string | null;
}

export function steps(task: Task): Step[] {
  let time = 0;
  const placed = taken(task).map((step) => {
    time = step.at ? Date.parse(step.at) : time;
    return { ...step, time };
  });
  return placed.sort((one, other) => one.time - other.time);
}

function taken(task: Task): Step[] {
  const words = language.words.steps;
  const { revision, guardian_result, decision, dispute, resolution, cancellation } = task;
  const found: Step[] = [];
  const add = (name: string, at: string | null | undefined) => at && found.push({ name, at });
  add(words.created, task.created_at);
  add(words.accepted, task.accepted_at);
  add(words.started, task.started_at);
  if (revision) found.push({ name: words.changes(revision.count, revision.max), at: null });
  add(words.submitted, task.submitted_at);
  const byGuardian = decision?.decided_by === "GUARDIAN";
  if (guardian_result) found.push({ name: words[guardian_result.decision], at: byGuardian ? decision.at : null });
  // What staff decided is told below.
  if (decision && !byGuardian && decision.decided_by !== "STAFF") {
    const { outcomes, by } = language.words.verdict;
    add(words.decided(outcomes[decision.outcome], by[decision.decided_by]), decision.at);
  }
  add(words.completed, task.completed_at);
  add(words.disputed, dispute?.opened_at);
  add(words.resolved, resolution?.resolved_at);
  if (cancellation) add(words[cancellation.reason], cancellation.cancelled_at);
  if (task.status === "COMPLETED") add(words.paid, task.hold_until);
  return found;
}
