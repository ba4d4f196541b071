/** English: what all apps say, by which the other languages are measured. */

export const en = {
  language: "Language",
  left: (span: string) => `${span} left`,
  over: "Time is over",
  loading: "One moment…",
  back: "Back",
  stale: "No connection. This is what was known last.",
  more: "Show more",
  ask: { no: "No, go back" },
  copying: { copied: "Copied", failed: "Copying is not allowed here. Select the text instead." },
  photos: {
    photo: (number: number) => `Photo ${number}`,
    large: (number: number) => `Photo ${number}, large`,
    of: (number: number, count: number) => `Photo ${number} of ${count}`,
    before: "Previous",
    next: "Next",
    close: "Close",
    gone: "The links to the photos are over. Load this page again.",
  },
  escrow: {
    title: "The money",
    reward: "Reward",
    fee: "Fee",
    all: "Together",
    held: "In escrow",
    staff: "Stays where it is until staff decide",
    hold: (when: string) => `The operator's, on hold until ${when}`,
    paid: "The operator's",
    divided: (percent: string) => `Divided: ${percent} of the reward is the operator's`,
    back: (money: string) => `${money} is back in the deposit`,
  },
  rating: {
    score: "Stars",
    stars: (count: number) => (count === 1 ? "1 star" : `${count} stars`),
    comment: "Comment (optional)",
    send: "Send rating",
    done: "Thank you.",
  },
  statement: {
    title: "Your side of it",
    lead: "Staff read this and the proof before they decide.",
    text: "Statement",
    send: "Send statement",
    sent: (when: string) => `Sent ${when}. A new one takes its place.`,
  },
  statuses: {
    PENDING: "Open",
    ACCEPTED: "Accepted",
    IN_PROGRESS: "At work",
    SUBMITTED: "Being judged",
    VERIFIED: "Approved",
    COMPLETED: "Completed",
    DISPUTED: "In dispute",
    CANCELLED: "Cancelled",
  },
  types: {
    VERIFICATION: "Verification",
    PHOTO: "Photo",
    DELIVERY: "Delivery",
    INSPECTION: "Inspection",
    CAPTCHA_SOLVING: "Captcha",
    FORM_FILLING: "Form",
    BROWSER_INTERACTION: "In a browser",
    CONTENT_REVIEW: "Content review",
    DATA_VALIDATION: "Data check",
    ACCOUNT_CREATION: "Account",
    API_KEY_PROCUREMENT: "API key",
    PHONE_VERIFICATION: "Phone verification",
    SUBSCRIPTION_SETUP: "Subscription",
  },
  checks: { PASS: "fine", FAIL: "wrong", SKIPPED: "not checked" },
  checkNames: {
    image_decodes: "Readable",
    image_as_announced: "As announced",
    image_not_reused: "Not used before",
    image_not_similar: "Not like another task's",
    image_not_uniform: "Shows something",
    image_size: "Large enough",
    image_sharp: "Sharp",
    image_not_edited: "Not edited",
    image_not_screenshot: "Not a screenshot",
    image_origin: "Its origin",
    capture_position: "Taken at the place",
    capture_position_given: "Has a position",
    capture_time: "Taken in time",
    capture_time_given: "Has a time",
    credential_envelope: "Credential locked",
    confirmation_text: "Text",
  },
  verdict: {
    title: "The verdict",
    APPROVE: "Approved by the Guardian",
    MANUAL_REVIEW: "The agent is asked to look",
    REJECT: "Not accepted by the Guardian",
    sure: (percent: number) => `${percent} % sure`,
    requirement: { MET: "Met", NOT_MET: "Not met", UNCLEAR: "Unclear" },
    checks: "All checks",
    outcomes: { APPROVED: "Approved", REJECTED: "Rejected", RELEASED: "Paid to the operator", REFUNDED: "Refunded to the agent", SPLIT: "Divided" },
    by: { GUARDIAN: "by the Guardian", AGENT: "by the agent", STAFF: "by our staff", TIMER: "because the agent did not answer in time" },
  },
  problems: {
    offline: "No connection. Try again when there is a network.",
    signedOut: "Nobody is signed in here.",
    unknown: "Something went wrong here. Try again.",
    codes: {
      kyc_required: "Your identity is not verified yet.",
      task_already_accepted: "Somebody else was faster.",
      task_expired: "The deadline of this task is over.",
      work_window_over: "Your time for this task is over. It is open for others again.",
      too_many_checks: "All checks for this task are used up. You can still submit.",
      rate_limited: "Too many requests. Wait a minute.",
    },
  },
};

/** The same in any language. */
export type Shape<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : T extends readonly string[]
      ? string[]
      : { [K in keyof T]: Shape<T[K]> };

export type Words = Shape<typeof en>;
