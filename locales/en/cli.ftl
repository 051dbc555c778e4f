# Every text of the command line program pingyi.

cli-about = Pingyi: the yearly duty report and appraisal, with sealed ballots everybody can check
cli-arg-lang = Language: zh-CN or en
cli-arg-help = Show this help
cli-arg-version = Show the version
cli-arg-default = { " " }(default { $value })
cli-arg-variable = { " " }(variable { $name })
cli-head-usage = Usage:
cli-head-commands = Commands
cli-head-arguments = Arguments
cli-head-options = Options

cli-demo-about = Open the demonstration meeting in a temporary folder
cli-demo-arg-simulate = Play the whole meeting over HTTP first, then leave the server up
cli-demo-arg-listen = Address to listen on
cli-demo-arg-base-url = Public address (the QR codes of the slips use it)
cli-demo-arg-pace = Pause between ballots in milliseconds, to watch the hall screen
cli-demo-arg-bare = Make users only, no appraisal
cli-demo-arg-json = Print addresses and logins as JSON

cli-serve-about = Run the server
cli-serve-arg-data = Data folder
cli-serve-arg-drill-max-pages = Drill of a full disk: most pages of SQLite
cli-serve-arg-database = PostgreSQL address; without it SQLite in the data folder
cli-serve-arg-listen = Address to listen on
cli-serve-arg-base-url = Public address (the QR codes of the slips use it)
cli-serve-arg-tls-cert = TLS certificate chain (PEM)
cli-serve-arg-tls-key = TLS private key (PEM)
cli-serve-arg-json-logs = Write logs as JSON

cli-simulate-about = Play a whole meeting and compare the announced result with the marks given
cli-simulate-arg-raters = Number of raters
cli-simulate-arg-presenters = Number of presenters
cli-simulate-arg-items = Items per presenter
cli-simulate-arg-categories = Categories: LETTER:WEIGHT or LETTER:WEIGHT:RATERS, separated by commas
cli-simulate-arg-abstention = Add the grade "don't know"
cli-simulate-arg-tellers = Number of tellers
cli-simulate-arg-threshold = Tellers needed to open
cli-simulate-arg-seed = Seed of the marks; the same seed gives the same marks
cli-simulate-arg-out = Folder for the board archives
cli-simulate-arg-presealed = Seal every ballot before casting, so that only the server is measured
cli-simulate-arg-plain = Everybody casts once and writes no opinion
cli-simulate-arg-at-once = Raters casting at the same time
cli-simulate-arg-pace = Pause between ballots in milliseconds
cli-simulate-arg-url = Address of a running server; without it one is started
cli-simulate-arg-login = The organiser's login
cli-simulate-arg-password = The organiser's password
cli-simulate-arg-json = Print the figures as JSON

cli-verify-about = Verify board archives; needs no server and no database
cli-verify-arg-files = Board archive UUID.bel; UUID.proofs.json should lie beside it
cli-verify-arg-belenios = An archive made by another program: judge it by what its format can prove
cli-verify-arg-head = Head hash announced in the hall (its first 8 digits at least); may be repeated, in the order of the archives
cli-verify-arg-json = Print JSON
cli-verify-arg-challenge = Check a device challenge file
cli-verify-arg-audit = Check an exported audit trail

cli-verify-after = Exit code: 0 everything holds (a box without a result: so far); 1 findings,
    also where an archive is cut short; 2 a file that cannot be read or is no archive.

cli-issue-about = Make voting slips offline
cli-issue-arg-uuid = Uuid of the box
cli-issue-arg-phone = Number of phone slips
cli-issue-arg-paper = Number of credentials set aside for paper
cli-issue-arg-spare = Number of spare slips
cli-issue-arg-base-url = Public address of the server
cli-issue-arg-title = Name of the meeting on the slips
cli-issue-arg-category = Category on the slips
cli-issue-arg-out = Output folder
cli-issue-arg-link = The issuer's link; puts the roll on the server (better not on the command line)

cli-backup-about = Back up into one file; the server may go on running
cli-backup-arg-data = Data folder
cli-backup-arg-drill-max-pages = Drill of a full disk: most pages of SQLite
cli-backup-arg-database = PostgreSQL address
cli-backup-arg-file = Backup file

cli-restore-about = Restore a backup into an empty data folder
cli-restore-arg-data = Data folder
cli-restore-arg-drill-max-pages = Drill of a full disk: most pages of SQLite
cli-restore-arg-database = PostgreSQL address
cli-restore-arg-file = Backup file

cli-admin-about = What an administrator does at the machine
cli-admin-arg-data = Data folder
cli-admin-arg-drill-max-pages = Drill of a full disk: most pages of SQLite
cli-admin-arg-database = PostgreSQL address
cli-admin-reset-password-about = Give a user a new temporary password
cli-admin-reset-password-arg-login = Login
cli-admin-add-admin-about = Add an administrator with a temporary password
cli-admin-add-admin-arg-login = Login
cli-admin-check-audit-about = Check the chain of the audit trail

cli-error = Error: { $what }
cli-error-app = { $reason }
cli-error-app-folder-in-use = Another server is using this data folder. Stop it first, or name another folder (--data).
cli-error-app-folder-not-writable = The data folder cannot be written: { $reason }. Check permissions and disk, or name another folder (--data).
cli-error-app-disk-full = The disk is full; nothing was changed. Make room and try again.
cli-error-app-newer-database = The data was written by a newer version: { $reason }. Open it with that version.
cli-error-app-database-keeps-times = The PostgreSQL server keeps the time of every transaction, and so of every ballot. Switch track_commit_timestamp off in its settings, restart it, and start again.
cli-error-app-not-empty = A restore goes into an empty place only. Name another data folder (--data) or an empty database.
cli-error-app-bad-backup = The backup file cannot be used: { $reason }
cli-error-client = The meeting could not be finished: { $reason }
cli-error-wrong-result = The announced result is not what the marks give: { $reason }
cli-error-listen = Cannot listen on { $address }: { $reason }. Name another address (--listen), or stop the program that has it.
cli-error-file = File { $path }: { $reason }
cli-error-serving = The server stopped: { $reason }
cli-error-start = The program cannot start: { $reason }
cli-error-tls = The TLS file { $path } cannot be used: { $reason }
cli-error-uuid = "{ $text }" is not the uuid of a box
cli-error-issuer-link = This is not a whole link of the issuer (it should contain /issue#…)
cli-error-qr = The address is too long for a QR symbol ({ $address } characters)
cli-error-no-slips = No slips asked for: say how many with --phone, --paper or --spare

cli-stage-ceremony = Making the key
cli-stage-slips = Making slips
cli-stage-sealing = Sealing
cli-stage-casting = Casting
cli-stage-receipts = Receipts
cli-stage-opening = Opening
cli-stage-verifying = Verifying

cli-serving = Pingyi is serving: { $address }
cli-setup-code = There is no administrator yet. Open { $address } and enter the one-time code: { $code }
cli-stopped = Pingyi has stopped

cli-issue-public-file = Public roll: { $path } (goes to the server)
cli-issue-secret-file = Secret file: { $path } (print, then destroy)
cli-issue-registered = The server has the roll: { $count } credentials
cli-issue-burn = Once the slips are printed and shuffled, delete the secret files. Whoever sees them can cast in somebody's place.
cli-slip-how = Scan with a phone, or open the address below and type the letters.

cli-simulate-meeting = Meeting: { $raters } raters, { $presenters } presenters × { $items } items × { $grades } grades, { $boxes } boxes
cli-simulate-presealed = Sealing: done beforehand in { $seconds } s; below only the server is measured
cli-simulate-sealed-along = Sealing: done while casting, sharing the processors with the server
cli-simulate-casting = Casting: { $ballots } ballots in { $seconds } s, { $rate } a second, { $at-once } raters at once
cli-simulate-latency = From sending to receipt (s): p50 { $p50 }, p95 { $p95 }, p99 { $p99 }, slowest { $max }
cli-simulate-opening = Opening: { $tellers } tellers, { $shares } shares; close to result { $close } s, last share to result { $last } s
cli-simulate-equal = The announced result equals the marks given; { $count } archives verified and kept in { $path }

cli-backup-done = Backed up to { $path } ({ $bytes } bytes)
cli-restore-done = Restored to { $path } ({ $bytes } bytes)
cli-admin-password = Temporary password of { $login }: { $password } (change it after signing in)

cli-audit-sound = The audit trail is sound: { $entries } entries, head { $head }
cli-audit-part = This part of the audit trail is in order: { $entries } entries, last { $head }. Whether entries between them are missing, only the whole trail can tell
cli-audit-faults = The audit trail has { $count } faults: { $entries } entries, head { $head }
cli-audit-fault = Line { $line }: { $fault }
cli-audit-fault-not-an-entry = no entry
cli-audit-fault-not-canonical = not in canonical form
cli-audit-fault-wrong-hash = the hash does not fit the content
cli-audit-fault-wrong-parent = does not follow the entry before
cli-audit-fault-wrong-place = the numbers do not follow
cli-audit-fault-backwards = earlier than the entry before
cli-audit-fault-wrong-head = the head is not the one announced
cli-audit-fault-wrong-anchor = a sealed box names another entry than the trail holds

cli-demo-open = The demo is open. All marks are simulated.
cli-demo-start = Home
cli-demo-last-year = Last year (archived)
cli-demo-draft = This year (draft)
cli-demo-rehearsal = This year (rehearsal)
cli-demo-this-year = This year (simulated)
cli-demo-hall = Hall screen
cli-demo-accounts = Log-in, password, roles:
cli-demo-and = { ", " }
cli-role-admin = administrator
cli-role-organiser = organiser
cli-role-leader = leader
cli-role-recorder = recorder
cli-role-auditor = auditor
cli-demo-slips = Slips to try (the letter is the category):
cli-demo-stop = Ctrl-C stops it and deletes the temporary data.

cli-error-head = "{ $text }" is no hash of a board (8 to 64 hexadecimal digits)
cli-error-too-many-heads = More heads than archives
cli-error-challenge = The challenge file { $path } cannot be used: { $reason }

cli-verify-box = { $file }  { $name }
cli-verify-board = { "  " }Box { $uuid }: { $roll } credentials on the roll, { $ballots } ballots on the board, { $counted } counted; height { $height }, head { $head }
cli-verify-row = { "  " }{ $question }: { $counts }
cli-verify-blank = blank
cli-verify-checks = { "  " }Checked: { $checks }
cli-verify-comma = { ", " }
cli-verify-strong = { "  " }Every share has strong proofs
cli-verify-reservation = { "  " }Cannot vouch for: { $text }
cli-verify-finding = { "  " }Finding ({ $place }): { $text }
cli-verify-more = { "  " }… and { $count } more findings
cli-verify-valid = { "  " }Verdict: everything holds.
cli-verify-open = { "  " }Verdict: valid so far; there is no result yet.
cli-verify-findings = { "  " }Verdict: { $count } findings; not to be relied on.
cli-verify-unreadable = { "  " }Verdict: unreadable, not a whole archive.
cli-verify-together = { $count } archives, { $good } good.

cli-challenge-right = The challenged ballot { $tracker } holds:
cli-challenge-compare = Compare with what the phone showed. If it differs, that phone is not to be trusted.
cli-challenge-wrong = The challenge fails: { $reason }. That phone is not to be trusted.

cli-check-records = records
cli-check-events = events of the chain
cli-check-setup = setup
cli-check-roll = credentials
cli-check-ballots = ballots
cli-check-head = announced head
cli-check-minimum = smallest number
cli-check-tally-cells = tally cells
cli-check-tellers = teller keys
cli-check-decryption-proofs = decryption proofs
cli-check-strong-proofs = strong proofs
cli-check-share-consistency = surplus shares
cli-check-result-cells = result cells

cli-reservation-strong-absent = there are no strong proofs, the counts rest on the format's own ({ $text })
cli-finding-archive-cut-short = The archive is cut short ({ $text })
cli-finding-record-hash = A record does not fit its hash ({ $text })
cli-finding-record-header = A record's header is not canonical ({ $text })
cli-finding-record-unreferenced = A record nothing refers to ({ $text })
cli-finding-event-order = An event stands where it must not ({ $text })
cli-finding-event-parent = The chain is broken ({ $text })
cli-finding-event-height = The heights do not follow ({ $text })
cli-finding-event-payload = An event and its record do not fit ({ $text })
cli-finding-head-differs = The head is not the one announced ({ $text })
cli-finding-strong-missing = The file of strong proofs is missing ({ $text })
cli-finding-strong-malformed = The file of strong proofs cannot be read ({ $text })
cli-finding-tally-wrong = The encrypted tally is not the ballots' ({ $text })
cli-finding-tally-size-wrong = The tally's number of ballots is wrong ({ $text })
cli-finding-below-minimum = Opened with fewer ballots than the minimum ({ $text })
cli-finding-ballot-not-on-roll = A ballot's credential is not on the roll ({ $text })
cli-finding-archive-no-header = A record has no header ({ $text })
cli-finding-ballot-repeated = A ballot stands twice ({ $text })
cli-finding-not-an-archive = This is no archive ({ $text })
cli-finding-input-failed = Reading failed ({ $text })
cli-finding-record-padding = A record's padding is not zero ({ $text })
cli-finding-record-name = A record's name is wrong ({ $text })
cli-finding-record-missing = A record is missing ({ $text })
cli-finding-record-too-long = A record is too long ({ $text })
cli-finding-record-not-text = A record is no text ({ $text })
cli-finding-setup-missing = There is no setup ({ $text })
cli-finding-setup-malformed = The setup cannot be read ({ $text })
cli-finding-setup-hashes = Setup and records do not fit ({ $text })
cli-finding-election-malformed = The election cannot be read ({ $text })
cli-finding-election-key = The ballots are not sealed to these tellers ({ $text })
cli-finding-election-questions = The questions are not as set up ({ $text })
cli-finding-roll-malformed = The roll cannot be read ({ $text })
cli-finding-roll-weighted = A credential has a weight of its own ({ $text })
cli-finding-pingyi-missing = Our own description is missing ({ $text })
cli-finding-pingyi-malformed = Our own description cannot be read ({ $text })
cli-finding-event-malformed = An event cannot be read ({ $text })
cli-finding-share-repeated = A teller opened twice ({ $text })
cli-finding-share-reference = A share and its record do not fit ({ $text })
cli-finding-strong-repeated = Strong proofs come twice ({ $text })
cli-finding-strong-unexpected = Strong proofs nobody asked for ({ $text })
cli-finding-tally-malformed = The encrypted tally cannot be read ({ $text })
cli-finding-tally-reference = The encrypted tally and its record do not fit ({ $text })
cli-finding-tally-impossible = The encrypted tally cannot be computed ({ $text })
cli-finding-tally-size-malformed = The tally's number of ballots cannot be read ({ $text })
cli-reservation-foreign-archive = an archive made by another program ({ $text })
