//! Every limit of the reference and the contract, once. The unit is in the name or the type.

use crate::money::Usd;
use crate::time::{DAY_S, HOUR_S, MINUTE_S};

/// Lowest reward of a task.
pub const REWARD_MIN: Usd = Usd::dollars(10);
/// Highest reward of a task.
pub const REWARD_MAX: Usd = Usd::dollars(10_000);
/// Lowest deposit.
pub const DEPOSIT_MIN: Usd = Usd::dollars(5);
/// Highest deposit.
pub const DEPOSIT_MAX: Usd = Usd::dollars(10_000);
/// Lowest payout.
pub const PAYOUT_MIN: Usd = Usd::dollars(10);
/// Highest payout.
pub const PAYOUT_MAX: Usd = Usd::dollars(10_000);
/// Signed for one payee in a UTC day at the most.
pub const PAID_TO_ONE_A_DAY_MAX: Usd = Usd::dollars(25_000);
/// Signed for all payees in an hour at the most: more is held back, and somebody looks.
pub const PAID_AN_HOUR_MAX: Usd = Usd::dollars(100_000);
/// A payout that makes no step for so long is looked at by somebody.
pub const PAYOUT_STEP_S: i64 = HOUR_S;
/// The same where a provider has it: its banks are no faster.
pub const PAYOUT_SUBMITTED_S: i64 = 3 * DAY_S;
/// An operator's new payout address waits so long.
pub const PAYOUT_ADDRESS_HOLD_S: i64 = DAY_S;
/// An agent's new withdrawal address waits so long.
pub const WITHDRAWAL_ADDRESS_HOLD_S: i64 = 2 * DAY_S;
/// An authorization to pay is good for so long: then it can be refunded, because it can't be executed any more.
pub const AUTHORIZATION_S: i64 = DAY_S;
/// What a provider has transferred it may give back: it is asked for so long.
pub const RETURNED_S: i64 = 30 * DAY_S;
/// Deposits up to this are credited when the chain calls their block safe; larger ones when it is final.
pub const CREDITED_AT_SAFE_MAX: Usd = Usd::dollars(1_000);
/// Transfers to one agent that are credited of one transaction.
pub const TRANSFERS_MAX: usize = 30;
/// Lowest platform fee.
pub const FEE_MIN: Usd = Usd::dollars(2);

/// A deadline is at least this far ahead.
pub const DEADLINE_MIN_S: i64 = 5 * MINUTE_S;
/// A deadline is at most this far ahead.
pub const DEADLINE_MAX_S: i64 = 90 * DAY_S;
/// An operator has at least this long from accepting to submitting.
pub const WORK_WINDOW_MIN_S: i64 = 15 * MINUTE_S;
/// An operator has at most this long, unless the deadline comes first.
pub const WORK_WINDOW_MAX_S: i64 = 30 * DAY_S;
/// An operator has this long if the agent does not say.
pub const WORK_WINDOW_S: i64 = 72 * HOUR_S;
/// Earnings become available this long after completion.
pub const HOLD_S: i64 = 7 * DAY_S;
/// The agent has this long to settle a manual review.
pub const REVIEW_S: i64 = 72 * HOUR_S;
/// The Guardian has this long; then the submission goes to manual review.
pub const JUDGE_S: i64 = 10 * MINUTE_S;
/// An operator has at least this long for the changes that an agent asks for.
pub const REVISION_S: i64 = 24 * HOUR_S;
/// Times that an agent can ask for changes.
pub const REVISIONS_MAX: u8 = 2;
/// Staff have this long to resolve a dispute before it is escalated.
pub const DISPUTE_S: i64 = 5 * DAY_S;

/// An escalated dispute is escalated again after this long.
pub const ESCALATION_S: i64 = DAY_S;

/// Bytes of JSON of the entries of a list's page, far below what Lambda answers with at the most (6 MB).
pub const PAGE_BYTES: usize = 1_000_000;
/// Characters of a title.
pub const TITLE_CHARS: usize = 200;
/// Characters of a description.
pub const DESCRIPTION_CHARS: usize = 10_000;
/// Characters of digital instructions.
pub const INSTRUCTIONS_CHARS: usize = 10_000;
/// Proof requirements of a task.
pub const REQUIREMENTS_MAX: usize = 20;
/// Characters of one proof requirement.
pub const REQUIREMENT_CHARS: usize = 500;
/// Photos of a submission.
pub const PHOTOS_MAX: usize = 10;
/// Different photos that an operator can announce for a task, submitted or not, and again for each revision.
pub const UPLOADS_MAX: u8 = 10;
/// Different lists of photos that an operator can have checked for a task, and again for each revision.
pub const CHECKS_MAX: u8 = 5;
/// Bytes of a photo.
pub const PHOTO_BYTES: u64 = 10 * 1024 * 1024;
/// Characters of an operator's notes or confirmation.
pub const NOTES_CHARS: usize = 5_000;
/// Characters of what an agent says of a submission that it does not approve.
pub const REMARK_CHARS: usize = 2_000;
/// Least characters with which an agent asks for changes.
pub const REMARK_CHARS_MIN: usize = 10;
/// Characters of what a side says in a dispute.
pub const STATEMENT_CHARS: usize = 5_000;
/// Characters of the rationale of a resolution. It is kept in the task's state item.
pub const RATIONALE_CHARS: usize = 500;
/// Characters of a message.
pub const MESSAGE_CHARS: usize = 2_000;
/// Messages that each side may send while the task has the same operator.
pub const MESSAGES_MAX: u8 = 100;
/// Messages that an agent sees with the task.
pub const MESSAGES_SHOWN: u8 = 20;
/// Both sides of a completed task have this long to rate each other.
pub const RATE_S: i64 = 14 * DAY_S;
/// Characters of the comment on a rating.
pub const COMMENT_CHARS: usize = 500;
/// Ratings of which there is a mean.
pub const RATINGS_MIN: u64 = 3;
/// Kilometres around a point that are searched for operators.
pub const RADIUS_KM: u64 = 25;
/// The same at the most.
pub const RADIUS_KM_MAX: u64 = 200;
/// Operators that a search answers with at the most.
pub const FOUND_MAX: usize = 50;
/// Operators that a search reads of each square of the map.
pub const SQUARE_READ_MAX: u16 = 1_000;
/// Operators whose ratings a search looks at, the nearest first.
pub const RATED_READ_MAX: usize = 200;
/// Operators whose latest tasks say how long tasks wait in the area.
pub const SAMPLED_OPERATORS: usize = 20;
/// How many tasks of each.
pub const SAMPLED_TASKS: usize = 10;
/// How old their acceptance may be.
pub const SAMPLED_S: i64 = 30 * DAY_S;
/// Tasks of which there are percentiles.
pub const SAMPLE_MIN: usize = 5;
/// Browsers in which an operator is notified.
pub const BROWSERS_MAX: usize = 5;
/// A browser that does not renew its subscription is forgotten after this long.
pub const SUBSCRIBED_S: i64 = 60 * DAY_S;
/// Kilometres from a task within which a browser may want to be told of it.
pub const NEAR_KM_MAX: u64 = 50;
/// Browsers that are told of one new task, the nearest first.
pub const NEAR_TOLD_MAX: usize = 100;
/// A browser is told of a new task at most once in this time.
pub const NEAR_PAUSE_S: i64 = 15 * MINUTE_S;
/// Tasks that an operator may have at work at once.
pub const AT_WORK_FEW: u64 = 5;
/// Tasks that a seasoned operator may have at work at once.
pub const AT_WORK_MANY: u64 = 20;
/// Completed tasks that make an operator seasoned.
pub const SEASONED_COMPLETED: u64 = 10;
/// A callback's secret that was replaced signs on for so long.
pub const SECRET_OVERLAP_S: i64 = DAY_S;
/// Active API keys of an agent.
pub const KEYS_MAX: usize = 20;
/// Seconds that a duplicate can be looked back for.
pub const DUPLICATE_WINDOW_S: i64 = DAY_S;
