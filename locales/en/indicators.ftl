# Indicators, the heat table, search.

indicators-title = Indicators
indicators-new = New indicator
indicators-edit = Change the indicator
indicators-years = Years
indicators-empty-title = No indicators for this year yet
indicators-empty = Make one first: what is counted, from when until when, and the target.
indicators-empty-reader = Once the office has made indicators, they stand here park by park.
heat-caption = The parks' indicators as of { $day }
heat-unit = Unit
heat-score = Score
heat-target = Target { $target }
heat-how = Figures are counted from the ledger, the register and the matters each time; follow a figure to the rows behind it. On course: not below what is expected by the days gone. Close: at least four fifths of it. Rates are held against the whole target, joint meetings against the quarters that have ended.
indicator-tone-ok = On course
indicator-tone-warn = Close
indicator-tone-bad = Behind
indicator-tone-none = Not judged
indicator-actual = Actual
field-target = Target
indicator-reached = Reached
indicator-judged = Judgement
indicator-behind = { $unit }: rows that are counted
indicator-behind-none = No rows are counted.
indicator-elsewhere = See the list
indicator-all-units = All units
indicator-day = Date
indicator-row = Record
indicator-counted = Counted
indicator-how-entries = Entries of the ledger, without those returned.
indicator-how-headcount = People in entries of the ledger, without those returned.
indicator-how-quantity = Quantities of entries of the ledger, without those returned.
indicator-how-quarters = Quarters with an entry, without those returned.
indicator-how-org_rate = Firms with their own or a joint organisation ÷ operating firms; struck-out firms are in neither.
indicator-how-own_rate = Firms with their own organisation ÷ operating firms; struck-out firms are in neither.
indicator-how-work_rate = Firms with an organisation, instructor, liaison, union or youth league ÷ operating firms; struck-out firms are in neither.
indicator-how-closed_in_time = Matters closed by their day ÷ matters due until today.
indicator-how-members = Members at the last count.
indicator-how-growth = Members at the end less members before the beginning.
indicator-kind = Kind of entry
indicator-kind-hint = Only for what is counted from the ledger.
indicator-topic = Topic of entry
indicator-from = From
indicator-until = Until (inclusive)
indicator-target-hint = Percent for a rate, such as 60. Empty: not judged.
indicator-weight = Weight
indicator-shown = Shown
indicator-shown-yes = Shown
indicator-shown-no = No longer shown
indicator-own-targets = Targets of their own
indicator-own-hint = A park left empty has the target above.
indicator-remove-confirm = Delete the indicator “{ $name }” and its targets
field-measure-of = What is counted
value-indicator-measure-entries = Entries
value-indicator-measure-headcount = People
value-indicator-measure-quantity = Quantity
value-indicator-measure-quarters = Quarters with an entry
value-indicator-measure-org_rate = Organisation coverage
value-indicator-measure-own_rate = Own-organisation rate
value-indicator-measure-work_rate = Work coverage
value-indicator-measure-closed_in_time = Closed in time
value-indicator-measure-members = Members
value-indicator-measure-growth = Growth of members
rule-measure = Choose what is counted
rule-measure_kind = Only what is counted from the ledger has a kind and a topic
rule-period = The end may not lie before the beginning; three years at most
rule-percent = The target of a rate is at most 100

home-heat = Indicators { $year }
home-heat-all = All indicators
home-due = What waits
home-over = { $n ->
    [one] { $n } overdue
   *[other] { $n } overdue
}
home-soon = { $n ->
    [one] { $n } due within two weeks
   *[other] { $n } due within two weeks
}
home-due-none = Nothing is overdue or coming due, and no entry waits.

search-title = Search
search-kind = Kind
search-what = Name
search-empty = Search units, firms, the ledger and matters; names are found with a character or two wrong.
search-nearly = Similar
search-first = The { $n } closest; a longer question finds more exactly
record-kind-unit = Organisation
record-kind-post = Post
record-kind-firm = Firm
record-kind-centre = Service centre
record-kind-shop = Party-member shop
record-kind-pairing = Pairing
record-kind-entry = Ledger
record-kind-matter = Matter
record-kind-indicator = Indicator
record-kind-area = Map
record-kind-founding = Founding check
