# Beside the lists: files, the board, confirming several, search in the rail
rail-search = Search (press /)
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
