# 列表之外：导出、看板、批量确认、栏边查找
rail-search = 查找  /
home-waiting = { $n } 条台账待确认
home-returned = { $n } 条台账被退回
coverage-group = 统计口径
coverage-organised = 有党组织
coverage-own-n = 单独组建
coverage-worked = 有工作覆盖
coverage-unworked = 未覆盖工作
matter-reported_on = 报办结日期
matter-closed_on = 销号日期
meetings-attended-n = 到会单位数
meetings-matters-n = 提出事项数
meetings-matters-open = 未销号事项数
matters-shown = 显示方式
matters-as-list = 列表
matters-as-board = 看板
board-none = 没有
board-due = 期限 { $day }
board-all = 全部 { $n } 件
entries-confirm = 确认选中的
entries-pick-all = 选中本页可确认的
entries-confirm-none = 还没有选中。
rule-rows_number = 一条也没有，或者太多。
entries-confirmed = 已确认 { $a } 条{ $b ->
    [0] 。
   *[other] ，{ $b } 条没有确认，原因在各条旁边。
}
posts-span = 任期，自
instructors-title = 党建指导员
instructors-none = 今天没有在任的党建指导员
instructors-none-hint = 在园区的“基本情况”里新增任职，选党建指导员；再到企业页把他填为联系人。
instructors-sum = 在任 { $a } 人，{ $b ->
    [0] 没有人超负荷
   *[other] { $b } 人超负荷
}。
instructors-how = 负荷是今天联系的正常经营企业数，多于 { $n } 家算超负荷。走访按台账里 { $month } 的走访（写明指导员和企业，未退回）计算；当月才接手的企业不判断。电话不记台账，不判断。
instructors-firms = { $n } 家企业
instructors-missed = { $n } 家走访不够
instructors-kept = 走访到位
instructors-rhythm = 每月电话 { $a } 次，走访 { $b } 次
instructors-which = 联系的企业
instructors-load = 联系企业数
instructors-visits-month = 上月走访
instructors-visits = { $month } 走访
instructors-last = 最近走访
instructors-too-few = 不够
instructors-new = 当月接手
inspections-title = 检查
inspections-new = 登记检查
inspections-none = 还没有检查。
inspection-passed-yes = 合格
inspection-passed-no = 有问题
inspection-finding-hint = 有问题的，写明问题和处理。
inspection-remove-confirm = 删除 { $day } 的检查？填错的才删除，历史记录会保留。
field-passed = 结果
field-finding = 情况
field-shop-firm = 企业
shop-inspected = 最近检查
shop-firm-hint = 打几个字，从名册里选；不是名册里的企业就不填。
shop-pledge-none = 没有登记承诺。
cases-title = 服务件数
cases-count = 登记件数
cases-none = 还没有登记件数。
cases-no-services = 先在中心的资料里选好服务项目，再登记件数。
cases-all = 合计
cases-quarter-hint = 例如 2018-Q4。这个季度原来登记的会被替换。
record-kind-headcount = 党员人数
record-kind-coverage = 覆盖
rule-plaque_not_hung = 这一天没有挂牌。
rule-centre_shut = 这个季度中心没有开放。
rule-firm_elsewhere = 这家企业在别的园区。
rule-later_records = 这一天之后还有 { $n } 条记录，列在下面。请先改它们的日期，或者换一个撤销日期。
audit-do-shop_inspected = 登记检查
audit-do-inspection_removed = 删除检查
audit-do-cases_counted = 登记件数
matter-firm-hint = 打几个字，从名册里选；与企业无关的不填。
rule-yes_or_no = 只能选是或否。
