# After the appraisal: what was found, what is put right, opinions struck, the monthly digest, last year's list
followup-title = Follow-up
followup-lead = Low items, opinions and the leader's comment side by side, person by person, to be made into matters.
followup-presenters = Presenters
followup-presenter = Presenter
followup-score = Score
followup-score-is = Score { $score }
followup-no-score = No score
followup-working = How it was worked out
followup-low = Low items
followup-opinions = Opinions
followup-comment = Leader's comment
followup-made = Matters
followup-has = yes
followup-closed-of = { $a } of { $b } closed
followup-waiting-n = { $n } to confirm
followup-strikes-wait = { $n ->
    [one] { $n } opinion waits for a leader to say whether it is struck.
   *[other] { $n } opinions wait for a leader to say whether they are struck.
}
followup-urn-shut = The tellers have not opened the urn, so the opinions cannot be read yet.
followup-before = Previous
followup-behind = Next
followup-low-hint = Below the median of all presenters, or below “{ $a }” ({ $b }).
followup-low-hint-median = Below the median of all presenters.
followup-low-none = No item is low.
followup-low-title = Raise “{ $item }”
followup-below-median = below the median { $median }
followup-below-second = below “{ $a }” { $b }
followup-opinions-hint = The order follows from the words alone and says nothing of who wrote them. Do not guess.
followup-opinions-none = Nobody wrote an opinion.
followup-comment-none = There is no comment.
followup-in = Listed: { $title }
followup-strike = Strike
followup-strike-n = Strike opinion { $n }
followup-strike-confirm = Only abuse and slander may be struck; criticism may not. A leader has to confirm it, and the words stay in the sealed archive.
followup-strike-reason = Why it is struck
followup-waits = Waits for a leader
followup-waits-hint = Another person, a leader, has to confirm it.
followup-struck-by = Struck by { $a }: { $b }
followup-confirm = Confirm
followup-confirm-n = Confirm that opinion { $n } is struck
followup-confirm-text = The words are no longer shown; the feedback letter says that one opinion was struck, and why. The words stay in the sealed archive.
followup-confirmed-by = confirmed by { $who }
followup-keep = Let it stand
followup-keep-n = Let it stand: opinion { $n }
followup-keep-text = The opinion stays as it is.
followup-keep-reason = Why it stands
followup-struck = This opinion was struck; its words are in the sealed archive.
followup-make = Make a matter
followup-make-hint = Tick one or more above; they become one matter. With a responsible person and a due day it is assigned at once.
followup-what = What is to be put right
followup-what-hint = In the office's own words: an opinion copied word for word may show who wrote it.
followup-unit-choose = Choose a unit
followup-make-do = Put on the list
followup-made-none = No matter has been made yet.
followup-from = Made of
followup-from-item = Low item: { $item }
followup-from-opinion = Opinion { $n }
followup-from-comment = Leader's comment
rule-finding_missing = Tick at least one.
rule-finding = What was ticked has changed since. Reload the page and tick again.
err-of_rehearsal = This is a rehearsal and will be wiped; nothing is made of it.
err-already_struck = This opinion has been struck already.
# Home and digest
home-right = Rectification in { $year }
home-strikes = { $n ->
    [one] { $n } opinion to confirm as struck
   *[other] { $n } opinions to confirm as struck
}
home-digest = Digest of this month
digest-title = Monthly digest of rectification
digest-title-of = Digest of rectification { $month }
digest-until = As of { $day }
digest-running = the month is running, the figures will change
digest-units = Units
digest-none = There was nothing to put right in this month.
digest-listed = To be done
digest-closed = Closed
digest-share = Share
digest-due = Due next month
digest-soon = Due within 14 days
digest-overdue = Overdue
digest-sum = Together
digest-how = To be done: not closed when the month began, or raised in it. Closing needs proof, and somebody other than who reported it. Each figure leads to its matters.
digest-closed-list = Closed in the month
digest-closed-none = No matter was closed in the month.
digest-closed-on = Closed on
digest-proof = Proof
digest-files = { $n ->
    [one] { $n } file
   *[other] { $n } files
}
digest-overdue-list = Overdue
digest-overdue-none = No matter is overdue.
# Last year's list
lastyear-title = Last year's lists
lastyear-open = Until sealing the lists follow the matters; sealing fixes them. Raters see each presenter's list on their phones.
lastyear-fixed = These lists were fixed at sealing; every box binds their hash.
lastyear-count = { $a } in all, { $b } closed
lastyear-closed = closed on { $day }
lastyear-going = being put right
lastyear-none = Nothing was listed last year.
lastyear-no-unit = Tied to no unit, so there is no list.
audit-do-matter_listed = Made a matter of findings
audit-do-opinion_struck = Struck an opinion
audit-do-strike_decided = Decided on a struck opinion
