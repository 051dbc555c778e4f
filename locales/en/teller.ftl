# The tellers' page on the phone
teller-rehearsal = Rehearsal
teller-seat = { $name } (seat { $index })
teller-rule = { $size } people hold a key each; any { $threshold } of them can open the boxes.
teller-offline = The network is gone; connecting again. Nothing done so far is lost.

teller-make-title = Make your key
teller-make-lead = The key is made on this phone and sent to nobody. Opening needs { $threshold } of { $size } keys. Choose a passphrase to protect yours.
teller-passphrase = Passphrase
teller-passphrase-hint = At least { $shortest } characters. A few unrelated words will do.
teller-passphrase-again = The same again
teller-passphrase-show = Show the passphrase
teller-passphrase-short = Too short: at least { $shortest } characters.
teller-passphrase-differs = The two are not the same.
teller-make-button = Make the key
teller-sealing = Locking it with the passphrase…
teller-have-backup = I have the printed backup page

teller-unlock-title = Unlock your key
teller-unlock-ceremony = The keys are not finished; yours is needed to go on.
teller-unlock-open = The boxes are closed; your key is needed to open them.
teller-unlock-button = Unlock the key
teller-unlocking = Checking the passphrase…
teller-not-on-phone = This phone has no key for this seat. Use the key file, or type the 22 characters of the backup page.
teller-have-file = I have a key file
teller-choose-file = Key file
teller-no-file = Choose the key file first.
teller-file-fits = This is the key file of this seat.
teller-file-other = This is the key file of another appraisal or seat (seat { $index }); it cannot be used here.
teller-backup-letters = The 22 characters of the backup page
teller-backup-letters-hint = Four groups; capital and small letters differ. Dashes may be left out.
teller-backup-button = Restore the key from the backup

teller-keep-title = Keep it outside the phone too
teller-keep-lead = This is what helps when the phone is lost or changed. Use at least one of the two ways.
teller-not-stored = This browser keeps no data (a private window, perhaps). Once the page is closed only the key file or the backup page will do.
teller-save-file = Download the key file (under your passphrase)
teller-print-backup = Print the backup page
teller-write-down = No printer: write it down
teller-write-down-lead = Whoever has these 22 characters has your key. Put the paper in an envelope; take no photo.
teller-kept-hint = The button below works once you have used one of the ways.
teller-kept-button = It is kept

teller-backup-title = Backup of a teller’s key
teller-backup-meeting = Appraisal
teller-backup-seat = Seat
teller-backup-qr = QR code of the key
teller-backup-keep = Put it in an envelope, seal and sign it, and keep it yourself. No photo; do not give it to the organiser.
teller-backup-use = To use it: open your own teller link, choose “I have the printed backup page” and type the 22 characters above.
teller-backup-destroy = Destroy it in public once the result is archived.

teller-seats-title = How far the keys are
teller-seat-me = Seat { $index } (you)
teller-seat-other = Seat { $index }
teller-seat-waiting = not yet here
teller-seat-joined = joined
teller-seat-working = exchanging
teller-seat-finished = finished
teller-runs-by-itself = The rest runs by itself; just leave this page open. It goes on after a lost connection.
teller-ready = The keys are made. Nothing to do now: open this page again when voting has closed.
teller-key-title = Check code of the joint key
teller-key-lead = It must be the same on all { $size } phones: read it to each other. Fewer than { $threshold } people can open no ballot at all.

teller-open-title = Opening
teller-open-lead = Your phone downloads the board, checks every link of it, verifies every ballot and recomputes the total. Only when all agree does it give its part.
teller-open-button = Check and open
teller-counting = The boxes are closed and their totals are being made. The button to open them appears here by itself in a moment.
teller-opened = Your part is done. The result appears by itself when the others have done theirs.
teller-open-refused = A box was not opened. The reason stands below it; the others are not affected.
teller-box-name = { $category } · { $label }
teller-box-shares = { $given ->
    [one] 1 part given, { $threshold } needed.
   *[other] { $given } parts given, { $threshold } needed.
}
teller-box-opened = Opened.
teller-box-skipped = Fewer than { $minimum } ballots: not opened, as the rules say.
teller-box-downloading = Downloading the board…
teller-box-checking = Checking and recomputing…
teller-box-verifying = Verifying every ballot: { $done } of { $total }. Leave this page open.
teller-box-verifying-sample = Many ballots: all signatures, and { $proven } ballots drawn at random in full: { $done } of { $total }. Leave this page open.
teller-box-sharing = Ballots and total agree; making your part…
teller-box-sent = Ballots counted: { $counted } ({ $ballots } on the board), every one verified in full. End of the board { $head }
teller-box-sent-sample = Ballots counted: { $counted } ({ $ballots } on the board). More than a phone can verify in one go: all signatures verified, { $proven } drawn at random and verified in full; pingyi verify does all. End of the board { $head }
teller-urn-name = Opinions
teller-urn-entries = Opinions: { $entries }, opened in shuffled order.
teller-urn-sent = Checked and given: { $entries }.
teller-stage-wait = waiting
teller-stage-download = downloading
teller-stage-check = checking
teller-stage-send = sending
teller-stage-sent = given
teller-stage-refused = not opened
teller-done = All boxes are open and the result is there. Keep your backup safe and destroy it after archiving.
teller-voided = This appraisal was declared void; nothing more is opened.

teller-fault-link = This link no longer works. Ask the organiser for a new one.
teller-fault-network = The server cannot be reached. Check the network and try again; nothing done so far is lost.
teller-fault-wrong-passphrase = Wrong passphrase. Mind capitals and the keyboard language.
teller-fault-bad-key-file = This is not a usable key file.
teller-fault-bad-backup = These are not the whole 22 characters. Compare with the backup page; capital and small letters differ.
teller-fault-wrong-seat = This key is not this seat’s: it does not fit the public key registered when the keys were made. Use this seat’s own key.
teller-fault-cert-not-mine = This key is not this seat’s: it does not fit the public key registered when the keys were made. Use this seat’s own key.
teller-fault-key-mismatch = This key does not fit the published public key; it cannot open the boxes.
teller-fault-channel-unreadable = This key cannot read what was sent to this seat. Use the one from the key ceremony.
teller-fault-below-minimum = Fewer ballots than the minimum fixed at sealing: not opened, so that nobody is exposed.
teller-fault-opened-other = This phone has already opened another total of this box and opens no second one. Tell all tellers.
teller-fault-tally-differs = The server’s total is not the one recomputed here; nothing was opened. Tell all tellers.
teller-fault-other-box = The board downloaded belongs to another box; nothing was opened.
teller-fault-box-open = On the board this box is not closed yet; nothing was opened.
teller-fault-opinion-bad-proof = An opinion lacks the proof of whoever put it in; nothing was opened.
teller-fault-archive = The board is incomplete or was changed; nothing was opened ({ $detail }).
teller-fault-ballot = A ballot on the board did not pass its check; nothing was opened ({ $detail }).
teller-fault-ceremony = The key ceremony’s data did not pass the checks ({ $detail }). Tell all tellers; the organiser starts the keys again.
teller-fault-other = Something unexpected: { $detail }
