# Texts of the office pages' script
office-no = Cancel
office-close = Close
office-type-name = Type “{ $name }” to confirm
office-reason-missing = Give a reason.
office-name-differs = This is not the text asked for.
office-offline = The network is gone; connecting again.
office-saving = Saving…
office-saved = Saved
office-failed = Not saved
office-failed-why = Not saved: { $detail } It is tried again; the text stays on this computer.
office-unsaved-first = Something on this page is not saved yet, so this step was not taken. See where it says “Not saved”.
office-copied = Copied
office-copy = Copy
office-open = Open
office-uploaded = { $name } is uploaded
office-link-teller = { $name } (seat { $index })
office-link-issuer = Issuer
office-link-hall = Hall screen
office-link-qr = QR code of the link for { $name }
office-links-once = The links are shown this once; the server does not keep them. Have each scanned or copied before you leave.
office-comment = Leader’s comment
office-opinions-n = { $count ->
    [one] 1 opinion
   *[other] { $count } opinions
}
office-opinion-times = {" "}({ $times } people wrote the same)
office-opinion-struck = One more opinion was struck: { $reason }
office-opinions-none = Nobody wrote an opinion.
office-opinions-early = To be read once the result is announced or kept for the committee.
office-opinions-unreadable = { $count } more could not be opened or name no presenter; they are not listed.
office-fault-network = The server cannot be reached. Check the network and try again.
office-fault-signed-out = You have been signed out. Sign in again.
office-fault-internal = { $message } (number { $id })
office-fault-other = Something unexpected: { $detail }
office-conflict-title = Somebody else changed this
office-conflict-who = { $by } stored it at { $at }. Some fields differ from yours: choose for each, then save.
office-conflict-was = It was: { $value }
office-conflict-theirs = Keep what is stored: { $value }
office-conflict-mine = Use mine: { $value }
office-conflict-back = Back to the form
office-conflict-store = Save the choice
office-evidence-out = Take off: “{ $name }”
office-evidence-out-short = Take off
office-evidence-empty = The file is empty.
office-evidence-large = The file is larger than 20 MB.
office-evidence-arrived = { $count ->
    [one] 1 file is stored
   *[other] { $count } files are stored
}
office-evidence-refused = The record is stored, these files are not
office-evidence-go-on = Go to the record
