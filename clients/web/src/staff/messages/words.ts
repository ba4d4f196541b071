/** What the desk speaks. */

import { speak } from "../../shared/language.svelte";
import { en } from "./en";

export const language = speak(en, { de: async () => (await import("./de")).de });
