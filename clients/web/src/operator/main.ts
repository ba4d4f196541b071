/** Starts the operators' app; what was kept for it is there before the network is. */

import { mount } from "svelte";
import App from "./App.svelte";
import { language } from "./messages/words";
import { session } from "./state/session.svelte";
import { update } from "./state/update.svelte";
import "../shared/style/ground.css";
import "../shared/style/cards.css";
import "../shared/style/controls.css";
import "./app.css";

await language.restore();
await session.restore();
mount(App, { target: document.body });
if (import.meta.env.PROD) void update.watch();
