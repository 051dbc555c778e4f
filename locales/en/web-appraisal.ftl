# Pages of an appraisal: states, set-up, console, opening, result
state-draft = Being prepared
state-keyed = Keys made
state-sealed = Sealed
state-open = Open
state-paused = Paused
state-closed = Closed
state-counted = Counted
state-released = Announced
state-archived = Archived
state-voided = Void
state-kept = Kept for the committee

step-draft = Set-up
step-keyed = Keys
step-sealed = Seal
step-open = Marking
step-closed = Close
step-counted = Count
step-released = Announce
step-archived = Archive

appraisal-year = Year { $n }
appraisal-steps = Progress
appraisal-more = More
appraisal-rehearse = Copy for a rehearsal
appraisal-copy = Copy as a new appraisal
appraisal-wipe = Wipe the rehearsal
appraisal-wipe-confirm = Ballots, keys and result of this rehearsal are deleted. The real appraisal is not touched.
appraisal-delete = Delete the appraisal
appraisal-delete-confirm = The set-up of “{ $title }” is lost and cannot be brought back.
appraisal-void = Void
appraisal-void-confirm = Ballots already cast will not be counted, and the appraisal cannot be taken up again. The voiding and its reason go into the audit trail.
appraisal-void-reason = Reason

category = Category
expected = Expected
presenter = Presenter

next-title = Next step
next-problems = { $n ->
    [one] One thing in the set-up needs changing.
   *[other] { $n } things in the set-up need changing; here are all of them.
}
next-problems-go = To the set-up
next-keys = The set-up has no problems. The tellers scan their codes and make the key together; opening takes { $threshold }.
next-keys-go = Make the keys
next-slips = The key exists. The issuer opens the link, makes the slips and prints them.
next-slips-go = To the slips
next-seal = The slips are on the roll. Check everything, then seal: form, categories and tellers can no longer be changed.
next-draw = Draw lots for the order. The lot follows from the fingerprints of the boxes, so anybody can work it out again.
next-open = All is ready. Start the voting at the meeting.
next-opening = The boxes are closed. The tellers open them on their phones; it takes { $threshold }.
next-opening-hint = Each phone checks the box before it sends its share. With enough shares the result comes by itself.
next-release = The result is computed and checked. Look at the preview, then announce it now or keep it for the committee.

next-short-problems = { $n ->
    [one] One thing in the set-up needs changing
   *[other] { $n } things in the set-up need changing
}
next-short-keys = Tellers make the key
next-short-slips = The issuer makes the slips
next-short-seal = Check and seal
next-short-draw = Draw lots for the order
next-short-open = Start the voting at the meeting
next-short-running = Marking: { $ballots } ballots, { $expected } people expected
next-short-paused = Marking is paused
next-short-closed = Tellers open the boxes
next-short-counted = See the preview, decide on announcing
next-short-kept = Kept for the committee
next-short-released = Can be archived
next-short-archived = Done
next-short-voided = Void
go-draft = Set up
go-keyed = To the slips
go-sealed = To the start of voting
go-open = To the console
go-closed = See the opening
go-counted = See the result
go-released = See the result
go-other = Open

seal-do = Seal
seal-confirm = Once sealed, form, categories, roll and tellers cannot be changed; a mistake means voiding and starting again.
open-do = Start the voting
open-confirm = From then on whoever holds a slip can cast a ballot.
draw-do = Draw lots
draw-confirm = Lots are drawn once and not again.
draw-seed = Lot
pause-do = Pause
resume-do = Go on
paused-note = The boxes are paused and take no ballots. Those already cast are all there.
close-title = Closing
close-lead = After closing no ballot is taken, and the boxes cannot be opened again for marking.
close-do = Close the boxes
close-confirm = { $a } ballots are in, { $b } people were expected. After closing no ballot is taken, and the boxes cannot be opened again for marking.
release-do = Announce the result
release-confirm = The result goes to the hall screen and to everybody signed in. It cannot be taken back.
keep-do = Keep for the committee
keep-confirm = The result is not announced; only organisers see it. It can be announced later.
check-again = Check again
archive-do = Archive
archive-confirm = An archived appraisal is not changed any more.
kept-lead = The result is kept for the committee and has not been announced.
released-lead = The result is announced. The hall screen can show it one by one.
archived-lead = The appraisal is done. Keep a copy of the board's files elsewhere.
results-reveal = Show one more ({ $n } left)
results-all = Show all
voided-title = This appraisal is void
voided-lead = Its ballots are not counted and its boxes not opened. Once put right, it can be copied as a new appraisal.

setup-title = Set-up

keys-title = The tellers' key
keys-threshold = Opening takes { $threshold }
keys-lead = The tellers' phones make the key together. Nobody and no machine ever holds it whole, the server included.
keys-joined = Joined
keys-not-joined = Not joined
keys-progress = Progress of { $name }
keys-step-0 = Waiting for the scan
keys-step-1 = Public part in
keys-step-2 = Shares exchanged
keys-step-3 = Done
keys-links = Make the links to scan
keys-links-hint = Links are shown once; give each to its teller. Making them again ends the old ones.
keys-links-again = New links for the tellers
keys-links-again-hint = For a phone that lost its page. Old links end, the key stays: go on with the key file or the paper backup.
keys-reset = Start the keys again
keys-reset-confirm = The parts of the key made so far are thrown away, and the tellers scan again.
keys-lost-page = A teller lost the page

slips-title = Slips
slips-lead = The issuer makes and prints the slips in their own browser. The server learns the public part only, never the secret on a slip.
slips-no-boxes = Once the key exists, the boxes are listed here by category.
slips-phone = Phone
slips-paper = Paper
slips-spare = Spare
slips-on-roll = Roll
slips-link = Make the issuer's link
slips-link-hint = Give it to the issuer. Making it again ends the old one.

sealed-title = The sealed boxes
sealed-lead = These are the fingerprints of the boxes. Copy or print them: later anybody can check that no box was swapped.
box-ballots = Ballots
box-ballots-n = { $n ->
    [one] 1 ballot
   *[other] { $n } ballots
}
box-head = Fingerprint of the box
box-skipped = Fewer than { $n }: not opened
box-opening = Opening of { $name }
box-shares = { $a }/{ $b } shares
box-opened = Open
teller-share-all = all shares in
teller-share-some = some shares in
teller-share-none = no share yet
heads-title = Fingerprints of the boxes
heads-hint = Read them out or show them in the hall, and print them on the result sheet.

agenda-title = Order of reports
agenda-now = Reporting
agenda-done = Reported
agenda-call = Call up
agenda-call-who = Call up { $title }

stage-title = On stage
stage-next = Next: { $title }
stage-scenes = Hall screen shows
stage-keys = Keys: → ← turn slides, m asks for marks, t starts and stops the clock, b blanks the screen.
scene-agenda = Agenda
scene-speaker = Report
scene-mark = Ask for marks
scene-turnout = Turnout
scene-draw = Lots
scene-results = Results
scene-blank = Blank
timer-start = Start the clock
timer-pause = Stop the clock
timer-reset = Reset the clock
slide-back = Slide back
slide-next = Next slide
slide-n = Slide { $n }
slides-title = Slides
slides-hint = PDF or pptx, up to 50 MB. A pptx is turned into a PDF for the hall; have a look at it, since animations and rare fonts may differ.
slides-see = See
slides-none = None
slides-choose = Choose a file
slides-choose-for = Choose a PDF or pptx for { $title }
slides-working = Received, turning it into a PDF …
soffice-absent = LibreOffice is not installed on this server, so a pptx cannot be converted. Save it as PDF on your computer and upload that; to upload pptx, ask whoever looks after the server to install:
soffice-absent-place = No restart is needed. If it lies elsewhere, name it with --soffice or PINGYI_SOFFICE.
comments-title = Comments
comments-hint = One report, one comment. Saved as you write.
comments-written = written
comments-on = Comment on { $title }

hall-title = Hall screen
hall-preview = Preview of the hall screen
hall-link = Make the hall link
hall-link-hint = Open it on the computer at the projector. Making it again ends the old one.

turnout-title = Turnout
turnout-sum = { $a } ballots, { $b } people expected
turnout-replaced = { $n } replaced
turnout-minimum = opened from { $n } on

reconciliation-title = Counting the slips
reconciliation-hint = Saved as you type. More returned than issued voids the vote.
reconciliation-none = Nothing filled in.
reconciliation-issued = Issued in all
reconciliation-returned = Returned in all
rec-entitled = Entitled
rec-present = Present
rec-issued-phone = Phone issued
rec-issued-paper = Paper issued
rec-returned-paper = Paper returned
rec-void-paper = Paper void
rec-spare-destroyed = Spares destroyed

check-ok = checked, nothing found
check-wait = not checked yet
check-bad = the check found something, see the result
check-skipped = below the minimum: not opened, as the rules say
verified-title = Verification
proof-title = How to check this sheet
proof-lead = Download both files of each box into one folder and run the line below on any computer (no network, no database). It checks the fingerprints on this sheet too. When it says valid, the scores here come from those ballots. Whoever keeps a signed sheet can tell a board that was written anew.
proof-height = (height { $height })
proof-office = Not announced yet: the public board ends with the encrypted tally, and the whole archives here can be had by the organiser only. After the announcement everybody can download the same files.
proof-trail-title = Audit trail
proof-trail = At the count the audit trail ended with entry { $n }, hash
proof-trail-hint = Export the audit trail: line { $n } must end with this hash. pingyi verify --audit FILE checks that every entry follows from the one before. When both hold, nothing before the count has been changed.

result-open = Result
result-title = Result
result-preview = See the preview
result-preview-note = This is a preview. It has not been announced.
result-score = Score
result-rank = Rank
result-grade = Proposed grade
result-rank-note = Ranks follow the score. The range says how sure a rank is: where ranges overlap, these ballots cannot tell the presenters apart.
result-items = By item
result-by-category = By category
result-category-chart = { $code } { $label }
finding-leader = { $title } scores highest, { $score }
finding-group = The first { $n } are too close for these ballots to tell apart
finding-none = No ballot that counts
finding-overall = Marks of each presenter, highest score first
finding-ranks = Rank ranges
finding-ranks-wide = Ranks overlap: { $m } of { $n } cannot be told apart from another
chart-table = See the table
chart-spoken = { $label }: { $counts }
chart-count = { $grade } { $n }
ranks-spoken = { $label }: rank { $rank }, range { $from } to { $to }
ranks-range = Rank range
ranks-from = Best
ranks-to = Worst
ranks-method = By drawing again from the counts within each category (at least 1,000 times) and keeping the middle 95 % of ranks. It assumes that other people of the same category would have marked alike.
ranks-same = { $from }
opinions-title = Comments and opinions
opinions-hint = Opinions were sealed when given and shuffled when opened, without category. Only organisers and leaders see them.
working-title = How each number came about
working-hint = From the verified counts through means and weights to the score, all in exact fractions; rounded only when shown.
working-exact = Exactly
rule-own_slides_shown = The meeting has begun; the slides can no longer be changed.
own-slides-title = Slides of your own
own-slides-none = None uploaded. The hall shows the slides below, made of the report.
own-slides-first = The hall shows this file instead of the slides below; what the organiser uploads in the appraisal goes before it.
own-slides-choose = Choose a PDF or pptx
own-slides-other = Choose another
own-slides-sent = File as sent
own-slides-remove = Take your own slides away
own-slides-remove-confirm = The hall then shows the slides made of the report.
