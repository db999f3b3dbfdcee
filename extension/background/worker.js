/**
 * The background worker: the only part that talks to the backend, and the browser's events turned into calls.
 *
 * Browsers stop it when idle and start it again for an event, so every listener is registered here, at once, and
 * nothing is kept in variables.
 *
 *     content script ─ rest ─▶ router ─▶ page-files: its second stage
 *                    ─ look ─▶ router ─▶ content-requests ─▶ lookup ─▶ answers (kept) / backend ─▶ http
 *     popup, options ─ tab … ▶ router ─▶ tabs, connection ────────────────────────────┘   └─▶ pairing
 *     panel ─ history, version ▶ router ─▶ panel-requests ────────────────────────────┘
 *     alarm ─────────────────▶ followed ─▶ notification
 *     grants change ──────────▶ grants ─▶ content script registered, put into open tabs
 */
import { api } from "../shared/extension-api.js";
import { onCommand } from "./commands.js";
import { connectEarly } from "./connection.js";
import { keepAlarm, onAlarm, onNotificationClicked } from "./followed.js";
import { registerForGrants, startInOpenTabs, tellPagesToReconsider } from "./grants.js";
import { route } from "./router.js";
import { keepFromContentScripts, readPreset } from "./settings.js";
import { noteUpdate } from "./updated.js";

api.runtime.onMessage.addListener((message, sender, reply) => {
  // Our own word to the panel is no question.
  if (sender.id !== api.runtime.id || message?.name === "page-changed") return undefined;
  void route(message, sender, api.runtime.getURL("")).then(reply);
  return true;
});

api.runtime.onInstalled.addListener(async ({ reason, previousVersion }) => {
  await keepFromContentScripts();
  if (reason === "update") await noteUpdate(previousVersion);
  // A copy may have been set up by whoever made it, sites and all: nothing to ask.
  if (reason === "install" && !(await readPreset()).isSetUp)
    await api.tabs.create({ url: api.runtime.getURL("onboarding/index.html?installed") });
  await registerForGrants();
  await startInOpenTabs();
  await keepAlarm();
  await connectEarly();
});

api.runtime.onStartup.addListener(async () => {
  await keepFromContentScripts();
  await registerForGrants();
  await keepAlarm();
  await connectEarly();
});

api.commands?.onCommand.addListener((command, tab) => void onCommand(command, tab));
api.alarms.onAlarm.addListener((alarm) => void onAlarm(alarm).catch(() => {}));
// There only once its permission was given; then, at the latest, when the worker starts for the alarm.
api.notifications?.onClicked.addListener((id) => void onNotificationClicked(id));

api.permissions.onAdded.addListener(async () => {
  await registerForGrants();
  await startInOpenTabs();
  await keepAlarm();
});

api.permissions.onRemoved.addListener(async () => {
  await registerForGrants();
  await tellPagesToReconsider();
  await keepAlarm();
});
