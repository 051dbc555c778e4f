import { isUuid } from "../lib/credential.ts";
import { byId } from "../lib/dom.ts";
import { Booth, fragmentCredential } from "./booth.ts";
import { type SlipAddress, slipScreen } from "./screens/slip.ts";
import { makeSealer } from "./sealer.ts";
import { boothTexts, switchLanguage } from "./texts.ts";
import { draw } from "./view.ts";

const app = byId("app");
const uuid = app.dataset.box ?? /\/b\/([^/]+)/.exec(location.pathname)?.[1] ?? "";
const { credential, typed } = fragmentCredential();
const sealer = makeSealer(app);
let texts = boothTexts();

const begin = (address: SlipAddress): void => new Booth(app, texts, sealer, address, typed).start();

/** The page from a file: the slip's address is typed as well. */
function askAddress(): void {
  const screen = slipScreen(texts, {
    wrong: false,
    value: typed,
    askAddress: true,
    go: (typedCredential, address) => {
      if (address !== null) begin({ ...address, credential: typedCredential });
    },
  });
  const onLanguage = (): void => {
    texts = switchLanguage(texts.language);
    askAddress();
  };
  const frame = { title: texts("booth-title"), category: null, rehearsal: false, offline: false, onLanguage };
  draw(app, texts, frame, screen, false);
}

if (isUuid(uuid)) begin({ base: "", uuid, credential });
else askAddress();

// Another slip opened in the same tab.
window.addEventListener("hashchange", () => location.reload());
