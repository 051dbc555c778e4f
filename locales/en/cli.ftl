# Every text of the command line program pingyi.

cli-about = Pingyi: the yearly duty report and appraisal, with sealed ballots everybody can check
cli-arg-lang = Language: zh-CN or en
cli-arg-help = Show this help
cli-arg-version = Show the version
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

cli-serve-about = Run the server
cli-serve-arg-data = Data folder
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
cli-simulate-arg-password = The organiser's password (or the variable PINGYI_PASSWORD)
cli-simulate-arg-json = Print the figures as JSON

cli-verify-about = Verify board archives; needs no server and no database
cli-verify-arg-files = Board archive UUID.bel; UUID.proofs.json should lie beside it
cli-verify-arg-belenios = An archive made by another program: judge it by what its format can prove
cli-verify-arg-head = Head hash announced in the hall (its first 8 digits at least); may be repeated, in the order of the archives
cli-verify-arg-json = Print JSON
cli-verify-arg-challenge = Check a device challenge file
cli-verify-arg-audit = Check an exported audit trail

cli-issue-about = Make voting slips offline
cli-issue-arg-uuid = Uuid of the box
cli-issue-arg-phone = Number of phone slips
cli-issue-arg-paper = Number of credentials set aside for paper
cli-issue-arg-spare = Number of spare slips
cli-issue-arg-base-url = Public address of the server
cli-issue-arg-title = Name of the meeting on the slips
cli-issue-arg-category = Category on the slips
cli-issue-arg-out = Output folder

cli-backup-about = Back up into one file; the server may go on running
cli-backup-arg-data = Data folder
cli-backup-arg-database = PostgreSQL address
cli-backup-arg-file = Backup file

cli-restore-about = Restore a backup into an empty data folder
cli-restore-arg-data = Data folder
cli-restore-arg-database = PostgreSQL address
cli-restore-arg-file = Backup file

cli-admin-about = What an administrator does at the machine
cli-admin-arg-data = Data folder
cli-admin-arg-database = PostgreSQL address
cli-admin-reset-password-about = Give a user a new temporary password
cli-admin-reset-password-arg-login = Login
cli-admin-new-code-about = Replace the one-time code of the first administrator
cli-admin-check-audit-about = Check the chain of the audit trail
