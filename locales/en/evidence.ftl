# Evidence: pictures and files
evidence-title = Evidence
evidence-none = No pictures or files yet.
evidence-choose = Add pictures or files
evidence-camera = Take a picture
evidence-how = Or drop files here, or paste a screenshot. JPG, PNG, WebP, PDF, docx, xlsx, up to 20 MB each.
evidence-what = Pictures lose the place and the device they were taken with; PDF files, and comments in Word and Excel files, may still hold names.
evidence-describe = Describe
evidence-describe-it = Describe “{ $name }”
evidence-caption = What the picture shows
evidence-caption-hint = Whoever cannot see the picture reads this.
evidence-remove-it = Delete “{ $name }”
evidence-remove-confirm = “{ $name }” will be deleted.
evidence-reported = Sent with a report
evidence-with-report = { $n ->
    [0] No new evidence. Say below what was done, or add pictures and files first.
    [one] The new file goes with the report and cannot be deleted afterwards.
   *[other] The { $n } new files go with the report and cannot be deleted afterwards.
}
evidence-kb = { $n } KB
evidence-mb = { $n } MB
rule-evidence_empty = The file is empty.
rule-evidence_kind = Only JPG, PNG and WebP pictures and PDF, docx and xlsx files are taken.
rule-evidence_heic = This is a HEIC picture. Set the phone’s camera to “Most compatible”, or save it as JPG.
rule-evidence_old_office = This is a file of an old Office, or it has a password. Take the password off and save it as docx or xlsx.
rule-evidence_macro = The file holds macros. Save it as docx or xlsx without macros.
rule-evidence_damaged = The file is cut short or damaged and cannot be opened.
rule-evidence_pixels = The picture has more than 64 million points. Make it smaller first.
rule-evidence_many = A record has 50 files at most.
