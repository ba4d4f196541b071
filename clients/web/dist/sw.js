const BUILD = "f176612e9c51";
const FILES = ["/","/assets/Tabs-BY8ExK79.js","/assets/controls-CKysCLF1.js","/assets/controls-D6hU5lB3.css","/assets/de-BK1G9ynH.js","/assets/de-BjluWNpt.js","/assets/index-B08igKwl.js","/assets/index-D9rLeE7T.css","/config.json","/icons/icon-192.png","/icons/icon-512.png","/icons/icon-maskable.png","/icons/icon.svg","/manifest.webmanifest"];
// The app without a network: its own files, kept whole for one build. What the API answers is not touched. And what comes
// while no page is open: notifications, in the words that the app has left here.
// BUILD and FILES are put above by the build.

const CACHE = `app-${BUILD}`;
/** The page, whose scripts have names of their own, and what it is told. */
const NAMED = ["/", "/config.json"];
/** Milliseconds that a page waits for the network before it is taken from here. */
const PATIENCE_MS = 3_000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

self.addEventListener("message", ({ data }) => {
  if (data === "take over") void self.skipWaiting();
});

// Only once no page of an older build is open, or somebody wanted it.
self.addEventListener("activate", (event) => {
  const others = caches.keys().then((names) => names.filter((name) => name.startsWith("app-") && name !== CACHE));
  event.waitUntil(others.then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || !FILES.includes(pathname)) return;
  event.respondWith(NAMED.includes(pathname) ? newest(request, pathname) : kept(request));
});

/** The newest that can be had of what has one name always. */
async function newest(request, pathname) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.status < 500) return answer;
  } catch {
    // No network, which is the same as a server that has a bad day.
  }
  return (await caches.match(pathname)) ?? Response.error();
}

async function kept(request) {
  return (await caches.match(request)) ?? fetch(request);
}

self.addEventListener("push", (event) => event.waitUntil(show(event.data.json())));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(lead(event.notification.data));
});

/** What is told again takes its own place. */
async function show({ event, task_id: task, title }) {
  const words = await (await caches.match("/words"))?.json();
  const about = { body: title, tag: `${task} ${event}`, data: { task, event }, icon: "/icons/icon-192.png" };
  await self.registration.showNotification(words?.[event] ?? "HumanOps", about);
}

/** To the task, in the page that is open already, if one is. */
async function lead({ task, event }) {
  const path = `/#/task/${task}${event === "task.message" ? "/messages" : ""}`;
  const pages = await self.clients.matchAll({ type: "window" });
  const page = pages.find(({ url }) => new URL(url).pathname === "/");
  if (!page) return self.clients.openWindow(path);
  await page.navigate(path);
  return page.focus();
}
