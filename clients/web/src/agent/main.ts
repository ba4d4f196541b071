/** Starts the agents' view. */

import { mount } from "svelte";
import App from "./App.svelte";
import { language } from "./messages/words";
import { session } from "./state/session.svelte";
import "../shared/style/ground.css";
import "../shared/style/cards.css";
import "../shared/style/controls.css";
import "./style.css";

await language.restore();
session.restore();
mount(App, { target: document.body });
