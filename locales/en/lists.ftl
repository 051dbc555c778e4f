# Beside the lists: files, the board, confirming several, search in the rail
rail-search = Search  /
home-waiting = { $n ->
    [one] 1 entry to confirm
   *[other] { $n } entries to confirm
}
home-returned = { $n ->
    [one] 1 entry given back
   *[other] { $n } entries given back
}
coverage-group = Counted by
coverage-organised = With an organisation
coverage-own-n = With their own
coverage-worked = Covered by work
coverage-unworked = Not covered by work
matter-reported_on = Reported done on
matter-closed_on = Closed on
meetings-attended-n = Bodies attending
meetings-matters-n = Matters raised
meetings-matters-open = Of these not closed
matters-shown = Shown as
matters-as-list = List
matters-as-board = Board
board-none = None
board-due = Due { $day }
board-all = All { $n }
entries-confirm = Confirm those chosen
entries-pick-all = Choose all on this page that can be confirmed
entries-confirm-none = Nothing is chosen yet.
rule-rows_number = None at all, or too many.
entries-confirmed = { $a } confirmed{ $b ->
    [0] .
   *[other] ; { $b } not, each says why.
}
posts-span = Term, since
instructors-title = Party-building instructors
instructors-none = No instructor is in office today
instructors-none-hint = Enter a term on the page of a park and choose instructor; then name the instructor in the covers of a firm.
instructors-sum = { $a } in office, { $b ->
    [0] nobody over the usual load
   *[other] { $b } over the usual load
}.
instructors-how = The load is the number of operating firms looked after today; more than { $n } is over. Visits are those of the ledger in { $month } that name the instructor and the firm and were not given back; a firm taken over in the month is not judged. Calls are not in the ledger and not judged.
instructors-firms = { $n ->
    [one] 1 firm
   *[other] { $n } firms
}
instructors-missed = { $n ->
    [one] 1 firm visited too little
   *[other] { $n } firms visited too little
}
instructors-kept = Visits kept
instructors-rhythm = { $a } calls and { $b } visits a month
instructors-which = The firms
instructors-load = Firms looked after
instructors-visits-month = Visits last month
instructors-visits = Visits { $month }
instructors-last = Last visit
instructors-too-few = Too few
instructors-new = Taken over since
inspections-title = Inspections
inspections-new = Add an inspection
inspections-none = No inspection yet.
inspection-passed-yes = In order
inspection-passed-no = Not in order
inspection-finding-hint = If not in order: what was wrong and what was done.
inspection-remove-confirm = Remove the inspection of { $day }? Only for what was entered by mistake; the history keeps it.
field-passed = Result
field-finding = Finding
field-shop-firm = Firm
shop-inspected = Last inspected
shop-firm-hint = Type a few characters and choose from the register; leave it empty when the shop is no firm of it.
shop-pledge-none = No pledge is written down.
cases-title = Cases served
cases-count = Count a quarter
cases-none = Nothing is counted yet.
cases-no-services = Choose the services of the centre first, then count its cases.
cases-all = All
cases-quarter-hint = For example 2018-Q4. What was counted for the quarter before is replaced.
record-kind-headcount = Headcount
record-kind-coverage = Cover
rule-plaque_not_hung = No plaque hung on this day.
rule-centre_shut = The centre was not open in this quarter.
rule-firm_elsewhere = This firm lies in another park.
rule-later_records = { $n ->
    [one] 1 record begins
   *[other] { $n } records begin
} after this day, listed below. Change their days first, or choose another day.
audit-do-shop_inspected = Inspection added
audit-do-inspection_removed = Inspection removed
audit-do-cases_counted = Cases counted
matter-firm-hint = Type a few characters and choose from the register; leave it empty when no firm is concerned.
rule-yes_or_no = Yes or no, nothing else.
