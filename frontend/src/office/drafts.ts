/** What was typed and not yet stored, kept on this computer: a page that is loaded anew takes it up again. */

const named = (key: string): string => `pingyi.draft.${key}`;

export function keepDraft(key: string, text: string): void {
  try {
    localStorage.setItem(named(key), text);
  } catch {
    // Without storage the text lives in the page alone; saving it is what matters.
  }
}

/** Forgets what the server has; something newer stays. */
export function forgetDraft(key: string, stored: string): void {
  try {
    if (localStorage.getItem(named(key)) === stored) localStorage.removeItem(named(key));
  } catch {
    // Nothing was kept.
  }
}

export function draftOf(key: string): string | null {
  try {
    return localStorage.getItem(named(key));
  } catch {
    return null;
  }
}
