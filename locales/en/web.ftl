# Pages of the server: frame, home, log-in, users, audit, board
web-brand = Pingyi
web-count = { $n }
web-skip = Skip to the content
web-rehearsal = Rehearsal
web-rehearsal-bar = REHEARSAL · nothing here counts, and all of it can be wiped at once
web-nav-label = Main menu
web-lang-switch = 中文
web-logout = Log out
web-login = Log in
web-search = Search
web-export = Export what I see
web-print = Print
web-copy = Copy
web-save = Save
web-cancel = Cancel
web-pair = { $a }: { $b }
web-list-comma = {", "}
web-app-starting = Opening…
web-app-needs-script = This page needs JavaScript. Turn it on in the browser's settings, or use another browser.

nav-home = Home
nav-appraisals = Appraisals
nav-admin = Admin

title-booth = Appraisal form
title-check = Check a receipt
title-challenge = Test a phone
title-teller = Tellers
title-issuer = Slips
title-hall = Hall screen

login-title = Log in
login-name = Log-in name
login-password = Password
login-submit = Log in
login-raters = Raters do not log in: they scan the code on their slip.
login-first-time = First use: set up the administrator

first-title = The first administrator
first-lead = When the program started it printed a one-time code in its window. Use it to make the first account.
first-code = One-time code
first-code-hint = In the window that runs pingyi. It works once.
first-submit = Make the account

user-name = Name
user-login = Log-in name
user-password = Password
user-password-hint = At least 10 characters.
user-new-password = New password
user-new-password-hint = Leave empty to keep the old one.
user-roles = Roles

role-admin = Administrator
role-admin-hint = Manages users, sees the audit trail and health
role-organiser = Organiser
role-organiser-hint = Sets up and runs appraisals
role-teller = Teller
role-teller-hint = Follows the appraisal; opens boxes with link and key
role-leader = Leader
role-leader-hint = Comments; sees results once announced
role-presenter = Presenter
role-presenter-hint = Sees results once announced
role-recorder = Recorder
role-recorder-hint = The ledger of a unit
role-auditor = Auditor
role-auditor-hint = Reads only: results, boards, audit trail

home-title = What needs doing
home-empty-title = No appraisal yet
home-empty-organiser = Make one; it starts with a common appraisal form. Rehearse it first, then hold it in earnest.
home-empty-other = Once the organiser has made an appraisal, what needs doing is listed here.
home-all = { $n ->
    [one] The one appraisal
   *[other] All { $n } appraisals
}

appraisals-title = Appraisals
appraisals-new = New appraisal
appraisals-empty-title = No appraisal yet
appraisals-name = Name
appraisals-year = Year
appraisals-state = State
appraisals-next = Next step

admin-label = Admin
admin-users = Users
admin-audit = Audit trail
admin-health = Health

users-title = Users
users-new = New user
users-add = Add
users-edit = Edit
users-edit-who = Edit { $name }

audit-title = Audit trail
audit-lead = Every entry carries the fingerprint of the one before it; a changed or missing entry breaks the chain. The exported file can be checked offline.
audit-export = Export all
audit-empty = No entries yet.
audit-count = { $n ->
    [one] 1 entry
   *[other] { $n } entries
}
audit-number = No.
audit-time = Time
audit-actor = Who
audit-action = Did what
audit-detail = Detail
audit-hash = Fingerprint
audit-older = Older

health-title = Health
health-checks = Checks
health-facts = Facts
health-database = Database
health-database-ok = reads and writes
health-database-bad = does not work
health-files = Files of evidence
health-files-ok = { $n ->
    [0] none yet
    [one] 1 file, { $size }
   *[other] { $n } files, { $size }
}
health-files-missing = { $n ->
    [one] 1 is missing. Run pingyi admin check-files
   *[other] { $n } are missing. Run pingyi admin check-files
}
health-files-bad = the file store does not answer
health-assets = Files of the pages
health-assets-ok = complete
health-assets-missing = missing: { $files }. Run npm ci && npm run build in frontend/
health-tls = Encrypted connection
health-tls-on = on
health-tls-off = off. Fine on a local network; whoever can tamper with the network can also swap the pages
health-audit = Audit chain
health-audit-ok = { $n ->
    [one] whole, 1 entry
   *[other] whole, { $n } entries
}
health-audit-latest = The last { $a } of { $b } entries are whole; pingyi admin check-audit checks all
health-audit-bad = broken at entry { $n }
health-version = Version
health-engine = Database
health-public-url = Public address
health-now = Time of the server

board-title = Board
board-open = Board
board-lead = Every sealed ballot of every box is here for anybody to download and check. A ballot carries no name, no time, no device.
board-uuid = Box number
board-height = Entries
board-verify-title = Check it yourself
board-verify-lead = Download the files above into one folder and check them with this program (no network, no database):
board-verify-belenios = Or with a program somebody else wrote (belenios-tool of Debian 13 or later):
board-receipt-title = Find my ballot
board-receipt-lead = With the receipt on your phone you can see whether your ballot is in the box.
board-receipt-go = Check a receipt

error-id = Number
error-home = Home
error-title-404 = There is no such page
error-title-401 = Log in first
error-title-403 = Your role cannot see this page
error-title-500 = The server made an error
error-title-other = This could not be done
