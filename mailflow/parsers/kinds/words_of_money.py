"""What columns and labels say of prices, payments and marketing expenses."""

from __future__ import annotations

from collections.abc import Mapping

from mailflow.parsers.kinds.fields import Field

MONEY: Mapping[Field, str] = {
    Field.MONTH: "月份 报表月份 统计月份 所属月份 期间 会计期间 年月 月度 所属期间 报告期 month period reportmonth",
    Field.DATE: (
        "日期 时间 登记日期 记账日期 制表日期 开单日期 填表日期 制单日期 报表日期 统计日期 截止日期 库存日期 盘点日期 盘点时间 截至日期 数据日期 "
        "更新日期 更新时间 截止时间 填报日期 单据日期 统计时间 date asof asofdate stockdate countdate reportdate"
    ),
    Field.AMOUNT: "金额 总金额 合计金额 总额 小计 金额小计 货款 货款金额 amount totalamount value total sum",
    Field.PRICE: "单价 价格 供货价 出厂价 经销价 结算价 听价 含税单价 新价 新价格 新单价 执行价 执行价格 调整后价格 调后价 price unitprice listprice pricepertin newprice",
    Field.VALID_FROM: (
        "生效日期 生效日 生效时间 执行日期 执行时间 执行日 起用日期 启用日期 起始日期 开始日期 价格生效日期 价格执行日期 "
        "validfrom effectivedate effectivefrom effective since startdate"
    ),
    Field.PAID: (
        "回款金额 回款额 回款 到账金额 到款金额 收款金额 实收金额 打款金额 付款金额 汇款金额 入账金额 本次回款 本期回款 实收款 到账额 "
        "现金回款 进账金额 贷方金额 收入金额 来款金额 交易金额 paid amountreceived receivedamount paymentamount amountpaid payment receipts "
        "creditamount remittanceamount"
    ),
    Field.PAID_ON: (
        "回款日期 到账日期 到款日期 收款日期 入账日期 到账时间 回款时间 交易日期 交易时间 来款日期 入账时间 "
        "收款时间 paymentdate paiddate paidon datereceived receiveddate valuedate datepaid receiptdate transactiondate"
    ),
    Field.SENT_ON: "打款日期 付款日期 汇款日期 打款时间 付款时间 汇款时间 datesent senton",
    Field.PAYER: (
        "付款人 付款单位 付款方 付款户名 打款人 汇款人 汇款单位 付款账户 付款账户名 付款方名称 对方户名 对方单位 来款单位 付款人名称 "
        "付款单位名称 打款单位 payer payername remitter paidby sender"
    ),
    Field.BANK: "银行 开户行 收款银行 到账银行 收款账户 付款银行 入账银行 收款账号 账户 bank bankname bankaccount receivingbank account",
    Field.REFERENCE: (
        "流水号 银行流水号 交易流水号 凭证号 凭证编号 收据号 收款单号 回款单号 交易号 票据号 参考号 流水 reference referenceno "
        "transactionid transactionno voucherno receiptno ref bankref"
    ),
    Field.METHOD: "回款方式 付款方式 收款方式 支付方式 打款方式 结算方式 汇款方式 paymentmethod method paymenttype",
    Field.FUNDING: "款项性质 款项类别 款项类型 款项 资金性质 资金类型 回款类型 回款性质 款别 funding fundingtype",
    Field.EXPENSE: (
        "费用金额 市场费用 费用 费用额 核销金额 报销金额 费用核销金额 市场费用金额 投入费用 费用合计 expense expenseamount "
        "marketingexpense expenses"
    ),
    Field.APPROVED: (
        "批准金额 核准金额 审批金额 批复金额 同意金额 核定金额 审批费用 批准费用 核准费用 批复费用 核准额度 审批通过金额 审批后金额 批准额 "
        "approvedamount approved amountapproved approvedexpense"
    ),
    Field.APPLIED: "申请金额 申请费用 申报金额 预算金额 费用申请金额 申请额度 申报费用 requestedamount appliedamount amountrequested requested applied",
    Field.EXPENSE_KIND: (
        "费用类型 费用类别 费用项目 费用科目 费用名称 费用性质 费用用途 费用明细 费用项 expensetype expensekind expensecategory "
        "expenseitem"
    ),
    Field.ACTIVITY: "活动 活动名称 活动内容 活动主题 活动项目 活动类型 活动方案 促销活动 activity activityname campaign event promotion",
    Field.APPROVAL_NO: (
        "审批单号 申请单号 申请编号 审批编号 批件号 费用单号 费用编号 核销单号 批准文号 费用申请单号 批复编号 审批号 approvalno "
        "approvalnumber requestno applicationno expenseno"
    ),
    Field.APPROVED_ON: "批准日期 审批日期 核准日期 批复日期 审批时间 核销日期 批准时间 审批通过日期 approvaldate approvedon dateapproved approveddate",
    Field.APPROVAL: (
        "审批结果 审批状态 审批意见 批复结果 批复意见 批复状态 审核结果 审核状态 审核意见 是否批准 是否同意 核准结果 approvalstatus "
        "approvalresult decision"
    ),
    Field.APPROVER: "审批人 批准人 核准人 批复人 approver approvedby",
}
