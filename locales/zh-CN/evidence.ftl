# 佐证：照片和文件
evidence-title = 佐证
evidence-none = 还没有照片或文件。
evidence-choose = 添加照片或文件
evidence-camera = 拍照
evidence-how = 也可以把文件拖到这里，或直接粘贴截图。JPG、PNG、WebP、PDF、docx、xlsx，每个不超过 20 MB。
evidence-what = 照片会去掉拍摄地点和设备信息；PDF 以及 Word、Excel 的批注里可能还留有姓名。
evidence-describe = 说明
evidence-describe-it = 填写“{ $name }”的说明
evidence-caption = 这张照片拍的是什么
evidence-caption-hint = 看不到照片的人读到的就是这句话。
evidence-remove-it = 删除“{ $name }”
evidence-remove-confirm = 删除“{ $name }”。
evidence-reported = 已随报告提交
evidence-with-report = { $n ->
    [0] 没有新添加的佐证；请在下面写明办理结果，或先添加照片和文件。
   *[other] 新添加的 { $n } 个佐证会随报告提交，提交后不能再删除。
}
evidence-kb = { $n } KB
evidence-mb = { $n } MB
rule-evidence_empty = 文件是空的。
rule-evidence_kind = 只收 JPG、PNG、WebP 图片和 PDF、docx、xlsx 文件。
rule-evidence_heic = 这是 HEIC 格式的照片，请在手机上改为“兼容性最佳”再拍，或另存为 JPG。
rule-evidence_old_office = 这是旧版 Office 文件或加了密码的文件，请去掉密码，另存为 docx 或 xlsx。
rule-evidence_macro = 文件里有宏，不能保存；请另存为不含宏的 docx 或 xlsx。
rule-evidence_damaged = 文件不完整或已损坏，打不开。
rule-evidence_pixels = 图片超过 6400 万像素，请先缩小。
rule-evidence_many = 一条记录最多 50 个文件。
