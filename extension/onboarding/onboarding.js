/** The page after installing: connect, choose sites, what leaves the browser. */
import { byId, fillWords, send, words } from "../shared/extension-page.js";
import { showConnection } from "../shared/connection-view.js";
import { showArchives, watchReadingForm } from "../shared/reading-form.js";
import { watchSitesForm } from "../shared/sites-form.js";

fillWords();
watchSitesForm();
await Promise.all([watchReadingForm(), showConnection(byId("connection"), true, showArchives)]);
const { backend } = await send({ name: "settings" });
byId("privacy").textContent = words("onboarding_privacy_text", backend);
