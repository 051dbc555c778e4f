# Writing a duty report (texts of the browser)

report-unsaved = Not saved yet
report-saving = Saving
report-saved = Saved { $time }
report-offline = Disconnected: what you wrote stays on this computer and is saved when the connection is back
report-failed = Not saved: { $why }
report-conflict = Somebody else changed this section meanwhile; choose one text
report-signed-out = You are signed out; what you wrote stays on this computer and is saved when you sign in and open this page
report-count = { $n } characters ({ $least }–{ $most })
report-pick = A figure from the record
report-pick-search = Find a figure (name or code)
report-pick-loading = Counting
report-pick-found = { $n ->
    [one] 1 figure
   *[other] { $n } figures
}
report-pick-code = Use the code { $code }
report-pick-close = Cancel
