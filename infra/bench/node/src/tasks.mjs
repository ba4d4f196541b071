// Rules of tasks: types, places, who moves next.

const physical = { domain: "PHYSICAL", proof: "PHOTO", max: 10_000 };
const digital = (proof, max) => ({ domain: "DIGITAL", proof, max });

// The credential types need a public key that is checked on its curve; they are not offered here.
export const TASK_TYPES = {
  VERIFICATION: physical,
  PHOTO: physical,
  DELIVERY: physical,
  INSPECTION: physical,
  CAPTCHA_SOLVING: digital("SCREENSHOT", 10),
  FORM_FILLING: digital("SCREENSHOT", 50),
  BROWSER_INTERACTION: digital("SCREENSHOT", 100),
  CONTENT_REVIEW: digital("CONFIRMATION", 25),
  DATA_VALIDATION: digital("CONFIRMATION", 50),
};
export const PROOF_TYPES = ["PHOTO", "SCREENSHOT", "CONFIRMATION", "ARTIFACT"];

export function nextAction({ st, dl }) {
  const due_at = new Date(dl).toISOString();
  if (st === "PENDING") return { by: "OPERATOR", action: "accept", due_at, on_due: "CANCELLED" };
  if (st === "ACCEPTED" || st === "IN_PROGRESS") return { by: "OPERATOR", action: "submit", due_at, on_due: "CANCELLED" };
  return null;
}
