"""The words people put over columns and before values, drawn widely."""

from __future__ import annotations

HEADINGS: dict[str, tuple[str, ...]] = {
    "no": ("序号", "行号", "No.", "NO", "#", "项次", "序 号", "项号"),
    "code": (
        "产品编码", "编码", "货号", "品号", "料号", "物料编码", "物料编号", "商品编码", "商品编号", "产品编号", "产品代码", "产品货号",
        "SKU编码", "SKU号", "SKU", "商品代码",
    ),
    "name": (
        "产品名称", "品名", "商品名称", "货品名称", "物料名称", "单品", "品项", "产品", "货物名称", "商品全名", "产品名", "名称",
        "物资名称", "品 名", "产品品名",
    ),
    "spec": ("规格", "规格型号", "包装规格", "商品规格", "产品规格", "规格、型号", "装箱规格", "箱规"),
    "unit": ("单位", "计量单位", "单 位", "基本单位", "销售单位"),
    "cases": (
        "箱数", "件数", "订货箱数", "数量（箱）", "数量(箱)", "订货数量（箱）", "订单数量（件）", "数量/箱", "计划箱数", "整箱数量", "下单箱数",
        "要货箱数", "订购箱数", "数量（件）", "订货件数", "箱",
    ),
    "tins": (
        "听数", "数量（听）", "数量(听)", "订货数量（听）", "订购听数", "总听数", "罐数", "数量（罐）", "数量/听", "订单数量（听）", "听",
    ),
    "qty": (
        "数量", "订货数量", "订单数量", "采购数量", "订购数量", "订货量", "要货数量", "数 量", "下单数量", "本次订货数量", "订货数", "要货量",
    ),
    "price": (
        "单价", "单价(元)", "单价（元/听）", "供货价", "出厂价", "含税价", "含税单价", "价格", "结算价", "经销价", "开票单价", "单价（元）",
        "单价（含税）", "进货价",
    ),
    "case_price": ("单价（元/箱）", "箱价", "每箱单价", "单价/箱", "箱价（元）"),
    "amount": (
        "金额", "金额(元)", "金额（RMB）", "总价", "货款", "合计金额", "货款金额", "金额小计", "金额（元）", "总金额", "含税金额", "金 额",
    ),
    "funding": ("款项性质", "款项类别", "款项", "款项类型", "资金性质", "货款性质", "款别", "货款类型", "费用/现金"),
    "remark": ("备注", "说明", "备注说明", "备 注"),
    "dealer": ("经销商", "客户名称", "客户", "经销商名称", "订货单位", "购货单位"),
}  # fmt: skip
ENGLISH: dict[str, tuple[str, ...]] = {
    "no": ("No.", "#", "NO"),
    "code": ("Item No.", "Item Code", "SKU", "Material No.", "Item #", "Product Code"),
    "name": ("Product", "Product Name", "Item Description", "Description of Goods", "Description"),
    "spec": ("Pack", "Size", "Specification", "Packing", "Pack Size"),
    "unit": ("Unit", "UOM"),
    "cases": ("Cases", "Qty (cases)", "Case Qty", "Quantity (ctns)", "# Cases", "CTNS"),
    "tins": ("Tins", "Qty (tins)", "Quantity (tins)", "Cans", "No. of tins"),
    "qty": ("Qty", "Quantity", "QTY", "Qty.", "Order Qty", "Quantity Ordered"),
    "price": ("Unit Price", "Price", "Unit Price (RMB)", "Price per tin"),
    "case_price": ("Case Price", "Price per case", "Price/Case"),
    "amount": ("Amount", "Line Total", "Amount (RMB)", "Ext. Amount", "Total Amount"),
    "funding": ("Funding", "Payment type"),
    "remark": ("Remarks", "Notes", "REM"),
    "dealer": ("Customer", "Distributor"),
}
BOTH: dict[str, tuple[str, ...]] = {
    "no": ("序号\nNo.", "序号 NO"),
    "code": ("产品编码\nItem Code", "货号 SKU", "编码 Code"),
    "name": ("产品名称\nProduct", "品名 Description", "货品名称/Product Name"),
    "spec": ("规格\nPack", "规格 Specification"),
    "unit": ("单位 Unit", "单位\nUOM"),
    "cases": ("箱数\nCases", "数量（箱）\nQty (cases)", "箱数/Cases"),
    "tins": ("听数\nTins", "数量（听）Qty (tins)"),
    "qty": ("数量\nQty", "QTY 数量", "数量 Quantity"),
    "price": ("单价\nUnit Price", "单价 Price", "单价(元)\nPrice"),
    "case_price": ("箱价\nCase Price", "单价（元/箱）Price per case"),
    "amount": ("金额\nAmount", "金额(元) Amount", "金额/Amount"),
    "funding": ("款项性质\nFunding",),
    "remark": ("备注\nRemarks", "备注 Notes"),
    "dealer": ("客户\nCustomer",),
}
UPPER = {
    "quantity": ("数量", "订货数量", "订购数量", "订单数量"),
    "money": ("价格", "货款", "价款", "金额（元）"),
}
LOWER = {
    "cases": ("箱", "箱数", "件", "件数"),
    "tins": ("听", "听数", "罐", "罐数"),
    "price": ("单价", "单价（元）", "供货价"),
    "amount": ("金额", "合计", "小计", "总额"),
}

LABELS: dict[str, tuple[str, ...]] = {
    "dealer": (
        "经销商", "经销商名称", "客户名称", "客户", "购货单位", "订货单位", "单位名称", "采购单位", "需方", "购货方", "经销商全称", "订货客户",
        "客户单位",
    ),
    "dealer_code": ("客户编码", "经销商编码", "经销商代码", "客户编号", "客户代码", "经销商编号"),
    "day": ("日期", "订货日期", "下单日期", "订单日期", "制单日期", "填表日期", "下单时间", "订货时间"),
    "number": ("订单号", "订单编号", "单号", "采购单号", "客户订单号", "订单号码"),
    "consignee": ("收货人", "收件人", "收货联系人", "联系人", "收货人姓名"),
    "phone": ("电话", "联系电话", "收货电话", "手机", "手机号码", "联系方式", "收货人电话"),
    "address": ("收货地址", "地址", "送货地址", "详细地址", "收件地址", "收货人地址"),
    "delivery": ("实到地址", "实际到货地址", "实际送货地址", "实际收货地址"),
}  # fmt: skip
ENGLISH_LABELS: dict[str, tuple[str, ...]] = {
    "dealer": ("Customer", "Distributor", "Buyer", "Customer Name"),
    "dealer_code": ("Customer Code", "Customer No.", "Account No."),
    "day": ("Date", "Order Date", "PO Date"),
    "number": ("PO No.", "Order No.", "PO#", "Order Number"),
    "consignee": ("Consignee", "Attn", "Contact", "Contact Name"),
    "phone": ("Phone", "Tel", "Mobile", "Contact Number"),
    "address": ("Address", "Ship To Address", "Ship-to address"),
    "delivery": ("Actual Delivery Address",),
}
OTHER_LABELS = (
    ("要求到货日期", "2026-11-20"), ("运输方式", "物流"), ("付款方式", "款到发货"), ("传真", "0000-1234567"), ("币种", "人民币"),
    ("大区", "东部大区"), ("业务员", "小王"), ("发票类型", "增值税专用发票"), ("页码", "1/1"), ("版本", "V3.2"), ("截单时间", "每月25日17:00"),
)  # fmt: skip

FUNDING_WORDS = {
    "cash": ("现金", "现金款", "现款", "货款", "现金货"),
    "expense": ("费用", "费用款", "费用货", "市场费用"),
    "sample": ("赠品", "小听粉", "样品", "赠送"),
}
TOTAL = ("合计", "总计", "合 计", "合计：", "共计", "总合计", "合　计")
ENGLISH_TOTAL = ("Total", "TOTAL", "Grand Total", "Total:")
SUBTOTAL = ("小计", "小 计", "小计：")
TITLES = (
    "{brand}乳业经销商订货单", "订货单", "订  货  单", "{brand}{month}月订货单", "产品订购单", "采购订单", "要货计划表", "{brand}奶粉订单",
    "经销商要货申请单", "销售订单",
)  # fmt: skip
ENGLISH_TITLES = ("PURCHASE ORDER", "Order Form", "{english} Distributor Order")
POLICY = (
    "一、请各经销商于每月25日前将本表发至销管部邮箱，逾期计入下月。",
    "二、订货须为整箱，请按箱规填写，谢谢配合！",
    "三、本月促销：单次订货满100箱返利1%，以市场部通知为准。",
    "四、收货信息如有变动，请提前三个工作日书面通知销管部。",
    "温馨提示：订单提交后一个工作日内审核，三个工作日内发货。",
    "注意：黄色区域为必填项，请勿改动表格格式。",
    "说明：1.单价为含税到岸价；2.质保期24个月；3.900g每箱6听，400g每箱12听。",
    "尊敬的客户：感谢您对{brand}的支持！请如实填写以下内容。",
)
NOTES = (
    "备注：请尽快安排发货，谢谢！",
    "注：收货时请当面清点，如有破损请在三日内反馈。",
    "以上产品请于本周内发出。",
    "送货前请电话联系收货人。",
    "汇款账户：户名{brand}乳业有限公司 账号 6200 0000 0000 0000 000",
    "说明：本订单经双方盖章后生效，传真件有效。",
    "第一联 存根（白） 第二联 仓库（红） 第三联 客户（黄）",
    "打印时间：2026-11-09 16:32:05",
)
SIGNATURES = (
    ("制单人：", "审核人：", "仓库："),
    ("经销商签字（盖章）：", "日期：    年  月  日"),
    ("制表：小王", "复核：", "批准：", "财务："),
    ("销售代表：", "区域经理：", "销管："),
    ("Prepared by:", "Approved by:"),
)
