# 从 Excel 粘贴台账：页面脚本的文字
paste-column-none = （不用这一列）
paste-cell = 第 { $row } 行，{ $column }
paste-drop = 删去第 { $row } 行
paste-head = 第 { $column } 列是什么
paste-row = 行
paste-tools = 操作
paste-rows = { $count } 行
paste-landed = 已贴入 { $count } 行。请核对每一列是什么，再保存。
paste-problems = 有 { $count } 处要改，已标在格子下面。什么也没有保存。
paste-none = 还没有内容。
paste-too-many = 一次最多 { $most } 行。更多的请用文件导入。
paste-fault-network = 连不上服务器。内容留在这台电脑上，稍后再保存。
paste-fault-other = 没有保存：{ $detail }
