# 写述职报告（浏览器里的文字）

report-unsaved = 有未保存的改动
report-saving = 保存中
report-saved = 已保存 { $time }
report-offline = 连接断开：所写内容留在这台电脑上，恢复后自动保存
report-failed = 没有保存：{ $why }
report-conflict = 别人同时改了这一节，请选定一份
report-signed-out = 登录已失效；内容留在这台电脑上，重新登录后打开本页会自动保存
report-count = { $n } 字（{ $least }–{ $most }）
report-pick = 从台账取数字
report-pick-search = 找数字（名称或代码）
report-pick-loading = 正在取数
report-pick-found = { $n } 个
report-pick-code = 用代码 { $code }
report-pick-close = 取消
