/** Where the page's own files stand: beside the script that is running, whatever folder serves them. */

const here: string = (() => {
  const script = typeof document === "undefined" ? null : document.currentScript;
  if (script instanceof HTMLScriptElement && script.src !== "") return script.src;
  return typeof location === "undefined" ? "file:///" : location.href;
})();

/** The address of a file that stands beside the running script (a worker, pdf.js). */
export const assetUrl = (name: string): string => new URL(name, here).href;
