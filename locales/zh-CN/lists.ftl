# 列表之外：导出、看板、批量确认、栏边查找
rail-search = 查找（按 /）
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
