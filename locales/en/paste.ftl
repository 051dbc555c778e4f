# Entries pasted from Excel: texts of the page's script
paste-column-none = (not used)
paste-cell = Row { $row }, { $column }
paste-drop = Remove row { $row }
paste-head = What column { $column } is
paste-row = Row
paste-tools = Tools
paste-rows = { $count } rows
paste-landed = { $count } rows are in. Check what each column is, then save.
paste-problems = { $count } cells need a change; it is said below each. Nothing was saved.
paste-none = There is nothing yet.
paste-too-many = At most { $most } rows at once. Import a file for more.
paste-fault-network = The server cannot be reached. The rows stay on this computer; save later.
paste-fault-other = Not saved: { $detail }
