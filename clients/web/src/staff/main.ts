/** Starts the desk. */

import { mount } from "svelte";
import App from "./App.svelte";
import { language } from "./messages/words";
import "../shared/style/ground.css";
import "../shared/style/cards.css";
import "../shared/style/controls.css";
import "./desk.css";

await language.restore();
mount(App, { target: document.body });
