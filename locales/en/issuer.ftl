# The issuer's page
issuer-title = Voting slips
issuer-lead = Slips are made and printed in this page. The server registers public credentials only and never sees what is on the slips.
issuer-rehearsal = Rehearsal
issuer-again = Try again
issuer-too-early = The tellers have not made their keys yet; slips cannot be made. Reload this page when they have.
issuer-too-late = The roll is sealed; slips can no longer be added or removed.

issuer-counts-title = How many for each box
issuer-counts-lead = Phone slips for those with a phone, paper credentials for those with a paper form, spares for late arrivals. Whoever gets a phone slip gets no paper form.
issuer-replaces = Slips were registered before. Making them again makes all printed ones worthless.
issuer-col-box = Box
issuer-col-expected = Expected
issuer-col-phone = Phone slips
issuer-col-paper = Paper credentials
issuer-col-spare = Spare slips
issuer-col-total = Total
issuer-count-phone = Box { $category }: phone slips
issuer-count-paper = Box { $category }: paper credentials
issuer-count-spare = Box { $category }: spare slips
issuer-problem-not-a-number = Enter 0 or a whole number.
issuer-problem-none = At least 1 is needed.
issuer-problem-too-many = At most { $most } in one box.
issuer-problem-short = Phone slips and paper together are fewer than the { $expected } expected.
issuer-make = Make and register the slips
issuer-making = Making slips for { $category }…
issuer-registering = Registering { $category }…

issuer-registered = Registered. Print now, and compare the fingerprints below: after sealing the board must show the same letters.
issuer-print-title = Print
issuer-print-lead = A4, 10 slips a page, cut along the dashes. Print at “actual size” without headers and footers. Mix the cut slips and let raters draw their own.
issuer-roll = Fingerprint of the roll { $fingerprint }
issuer-kind-phone = phone slips
issuer-kind-spare = spare slips
issuer-kind-sample = sample
issuer-print-all = Print { $kind }: { $slips } (pages: { $sheets })
issuer-print-part = { $kind }, part { $part } of { $parts } (pages { $from }–{ $to })
issuer-printed-again = Again: { $label }
issuer-laying-out = Laying out…
issuer-sample = See a sample

issuer-slip-category = { $category } · { $label }
issuer-slip-qr = QR code of the slip
issuer-slip-how = Scan with your phone. If that fails, open the address below in a browser and type the letters.
issuer-slip-foot = No name, no number. You may cast again until closing; the last one counts. Take no photo, pass it to nobody.
issuer-slip-rehearsal = REHEARSAL
issuer-sheet-line = { $category } · { $label } · { $kind } · page { $number } of { $of } · roll { $fingerprint } · cut this line off

issuer-reprint-title = Keep an encrypted file for reprinting
issuer-reprint-lead = It helps when the printer jams. You need not keep one: once the page is closed the credentials are gone.
issuer-paper-title = Credentials for the paper station
issuer-paper-lead = Paper credentials ({ $paper }), encrypted, for the tellers: paper forms are cast into the same box with them.
issuer-passphrase = Passphrase
issuer-passphrase-hint = At least { $shortest } characters.
issuer-passphrase-again = The same again
issuer-passphrase-show = Show the passphrase
issuer-passphrase-short = Too short: at least { $shortest } characters.
issuer-passphrase-differs = The two are not the same.
issuer-save = Encrypt and download
issuer-sealing = Encrypting…
issuer-forget-title = Finish
issuer-forget-lead = When all is printed and cut, let the page forget every credential.
issuer-forget = Forget all credentials
issuer-forget-ask = After this nothing can be printed again without the reprint file. Go on?
issuer-forgotten = The credentials are gone from this page; it can be closed.

issuer-reopen-title = Print again from a reprint file
issuer-reopen-file = Reprint file
issuer-reopen = Open
issuer-opening = Decrypting…
issuer-no-file = Choose the file first.

issuer-fault-link = This link no longer works. Ask the organiser for a new one.
issuer-fault-network = The server cannot be reached. Check the network and try again.
issuer-fault-wrong-passphrase = Wrong passphrase.
issuer-fault-bad-key-file = This is not a reprint file.
issuer-fault-other-appraisal = This is the reprint file of another appraisal.
issuer-fault-other = Something unexpected: { $detail }
