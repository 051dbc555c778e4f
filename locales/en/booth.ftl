# The rater's phone page, the receipt check, the check of a phone.
booth-title = Appraisal
booth-category = Ballot { $code } · { $label }
booth-rehearsal = Rehearsal: nothing cast here counts
booth-language = 中文
booth-main = Content
booth-loading = Opening…
booth-offline = No network. You can go on marking; you need it again to cast.
booth-online = The network is back.
booth-memory-only = This browser keeps nothing. Do not close or reload this page, or you start again.

# Slip
booth-slip-heading = Type the code on your slip
booth-slip-lead = Scanning the QR code fills this in. Or type the 22 characters printed on the slip; capitals matter, dashes do not.
booth-slip-label = Code on the slip
booth-slip-count = { $count } of 22 characters
booth-slip-foreign = “{ $chars }” is on no slip. Look again.
booth-slip-long = { $extra } too many. Look again.
booth-slip-short = { $left } to go.
booth-slip-whole = All 22 characters are here.
booth-slip-corrected = Slips never use 0, O, I or l; they were read as o and 1.
booth-slip-go = Continue
booth-slip-address = Address on the slip
booth-slip-address-hint = Like http://host/b/number. You may paste the whole address from the QR code.
booth-slip-address-bad = This is not the address on a slip.
booth-wrong-slip-heading = This slip does not belong to this box
booth-wrong-slip-text = The roll on the board does not have it. A character may be wrong, or the slip is of another meeting. Your marks are kept: correct the code and go on.

# States
booth-wait-heading = Not open yet
booth-wait-text = This page changes by itself when the chair opens the vote. No need to reload.
booth-paused-heading = Voting is paused
booth-paused-text = You can go on marking; casting works again when voting resumes.
booth-closed-heading = Voting is over
booth-closed-text = The box is sealed and takes no more ballots.
booth-closed-lost = The marks on this phone were not cast.
booth-voided-heading = This appraisal was declared void
booth-voided-text = Follow what is said in the hall.
booth-missing-heading = There is no such box
booth-missing-text = The address is wrong, or the rehearsal was wiped. Scan the slip again.
booth-unreachable-heading = The server cannot be reached
booth-unreachable-text = Check that the phone is on the hall's Wi-Fi. This page opens by itself when it is.
booth-try-now = Try now
booth-differs-heading = The form is not the sealed one
booth-differs-text = What the server sent does not agree with what was sealed, so you cannot mark here. Tell a teller.
booth-problem-heading = Not cast
booth-problem-text = The server did not take this ballot ({ $code }). Your marks are still on this phone: try again, or use another phone.
booth-back-to-form = Back to the form

# Start
booth-intro-presenters = { $count } presenters, { $items } marks for each.
booth-intro-presenters-one = { $count } presenters, one mark for each.
booth-intro-secret = Unsigned. Your marks are encrypted on the phone; nobody can open a single ballot, only the totals can be counted.
booth-intro-keeps = Locking the screen or reloading loses nothing: the marks stay on this phone.
booth-intro-cast = When all are marked, press “Go and cast”. Until voting ends you can cast again with the same slip; the last one counts.
booth-intro-start = Begin
booth-intro-continue = Go on

# Marking
booth-count = Presenter { $at } of { $all }
booth-count-short = { $at }/{ $all }
booth-strip = Presenters
booth-strip-item = { $at }, { $name }, { $state ->
    [done] marked
    [part] partly marked
   *[none] not marked
}
booth-now = Speaking now
booth-now-other = Speaking now: { $name }
booth-now-go = Go there
booth-followed = Moved to { $name }, who is speaking now
booth-last-year = Last year's list: { $listed ->
    [one] { $listed } matter
   *[other] { $listed } matters
}, { $closed } closed
booth-last-open = Being put right
booth-last-closed = Closed on { $day }
booth-last-answer = Answer: { $answer }
booth-last-more = { $count ->
    [one] { $count } more is not shown
   *[other] { $count } more are not shown
}
booth-opinion = Opinion or advice (optional)
booth-opinion-hint = Encrypted apart from your marks; nobody can tell who wrote it. Do not write your name.
booth-opinion-left = about { $count } characters left
booth-opinion-too-long = Too long: take out about { $count } characters.
booth-previous = Previous
booth-next = Next
booth-to-overview = See all
booth-overview = All

# Overview
booth-overview-heading = All marks
booth-overview-complete = All { $count } are marked. Look them over; press a row to change it.
booth-overview-missing = { $count } not finished yet.
booth-unmarked = not marked
booth-opinion-written = opinion
booth-fill-rest = Mark the rest “{ $grade }”
booth-next-missing = Go to the next unmarked
booth-cast = Go and cast
booth-check-first = Before you cast
booth-warning-all-equal = Every mark is “{ $grade }”.
booth-warning-too-many = “{ $item }” has { $count } top grades; the meeting asks for { $limit } at most.
booth-warning-note = Only a reminder; it is up to you. Nobody but this phone knows.
booth-opinion-shorten = One opinion is too long. Shorten it first.

# Ready
booth-preparing-heading = Preparing your ballot
booth-preparing-text = It is being encrypted on this phone.
booth-preparing-share = { $percent } % done
booth-ready-heading = The ballot is ready. It is not cast yet.
booth-ready-text = It is cast only when you press the button.
booth-ready-cast = Cast this ballot
booth-ready-code = Check code
booth-ready-challenge = Not sure about this phone? Check it first
booth-ready-challenge-text = A check opens this ballot for you to see and makes it void; your marks stay and a new ballot is prepared. The phone cannot know beforehand whether you will check, so it cannot risk cheating.
booth-ready-challenge-go = Open it and make it void
booth-ready-back = Go back and change

# Challenge
booth-opened-heading = This ballot is open, void and not cast
booth-opened-text = Scan this with another phone. It must show the marks you gave and the same check code.
booth-opened-qr = QR code that checks this void ballot
booth-opened-warning = The QR code holds the marks of this void ballot. Show it only to a device you trust.
booth-opened-file = Save the check file
booth-opened-file-hint = On a computer, pingyi verify --challenge checks this file too.
booth-opened-again = Marks are kept: prepare a new ballot

# Casting
booth-casting-heading = Casting
booth-casting-text = It counts as cast when the board has it. Keep this page open.
booth-casting-retry = No network; trying again by itself. You may lock the screen or reload: the ballot stays on this phone.
booth-casting-paused = Voting is paused. The ballot goes out by itself when it resumes.

# Receipt
booth-receipt-heading = The board has your ballot
booth-receipt-text = Keep the receipt. With it you can find your ballot on the board and see that it is counted; it does not show how you marked.
booth-receipt-tracker = Receipt number
booth-receipt-height = Entry on the board
booth-receipt-event = Fingerprint of the entry
booth-receipt-qr = QR code that checks the receipt
booth-receipt-picture = Picture of the receipt
booth-receipt-picture-hint = Press and hold the picture to save it.
booth-receipt-save-picture = Save as picture
booth-receipt-save-text = Save as text
booth-receipt-check = Check it now
booth-receipt-replaced = This slip was used again later; its last ballot counts.
booth-receipt-unknown = The board does not show this ballot. Keep this receipt and tell a teller.
booth-receipt-again = Cast again
booth-receipt-again-text = Until voting ends you can mark again with the same slip; the last ballot counts.
booth-receipt-wiped = The marks are deleted from this phone.
booth-receipt-forget = Delete the receipt from this phone
booth-receipt-forgotten = The receipt is deleted.
booth-opinions-waiting = Opinions go out on their own in a few seconds, so that nobody sees which ballot they came with. Stay a moment.
booth-opinions-sent = Opinions went out on their own and can no longer be changed.
booth-opinions-failed = The opinions are not sent yet; trying again by itself. If you close this page, they go out when you open it next.
booth-opinions-refused = The opinions were not taken ({ $code }). Your ballot is cast all the same.
booth-picture-title = Receipt of a ballot
booth-picture-note = It shows that the ballot is on the board, not how it was marked.

# Receipt check
check-title = Check a receipt
check-heading = Check a receipt
check-lead = A receipt number stands for one ballot on the board. Here you see whether it is there and counts.
check-box = Box number
check-tracker = Receipt number
check-tracker-bad = A receipt number has 43 characters, or 64 hexadecimal ones.
check-box-bad = A box number has at least 14 letters and figures.
check-go = Check
check-counted = This ballot is on the board and counts.
check-counted-text = It is the last one cast with its slip.
check-replaced = This ballot is on the board and was replaced later.
check-replaced-text = The later ballot of the same slip counts.
check-unknown = This ballot is not on the board.
check-unknown-text = Look at the number again. If you got the receipt when casting, keep it and tell a teller.
check-event-differs = The entry on the board is not the one on the receipt. Keep the receipt and tell a teller.
check-event-same = Place and fingerprint agree with the receipt.
check-whole = Check the whole board yourself
check-whole-text = Downloads the whole board to this device, checks its chain entry by entry and looks for your ballot. You need not believe the server.
check-whole-running = Downloading and checking…
check-whole-done = { $ballots } ballots, chain unbroken, fingerprint of its head:
check-whole-broken = Something is wrong with the board ({ $code }). Tell a teller.
check-failed = Could not check ({ $code }). Try again later.

# Check of a phone
challenge-title = Check a phone
challenge-heading = Check a phone
challenge-lead = The QR code of a void ballot opens this page, or choose a check file. The ballot is computed again here, to see whether that phone had put in the marks it showed.
challenge-file = Check file
challenge-running = Computing again…
challenge-fine = It agrees. This void ballot holds these marks:
challenge-code = Before you chose, that phone must have shown the check code
challenge-code-text = Compare them. If they differ, the phone changed the ballot: tell a teller.
challenge-wrong = It does not agree. That phone had put in other marks than it showed. Do not cast with it, and tell a teller.
challenge-unreadable = This is no check file or check code ({ $code }).
challenge-unreachable = The election could not be fetched. Connect to the hall's network, or use the check file.
challenge-question = Item
challenge-mark = Mark
