"""The words real sheets put before a value: whose order, which day, where to."""

from __future__ import annotations

from collections.abc import Mapping

from mailflow.parsers.meanings import Label


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LABELS: Mapping[Label, tuple[str, ...]] = {
    Label.DISTRIBUTOR: _words(
        "经销商 经销商名称 客户 客户名称 购货单位 订货单位 订货方 购货方 采购方 采购单位 买方 购买方 购货单位名称 收货单位 "
        "收货方 单位名称 订货客户 客户全称 经销商全称 客户单位 经销商单位 订货经销商 下单客户 门店 需方 需货单位 要货单位 "
        "代理商 分销商 订货单位名称 经销商简称 客户简称 往来单位 往来单位名称 往来客户 购方 购方名称 distributor customer customername distributorname buyer client "
        "clientname soldto soldtoparty billto dealer dealername orderedby orderingparty"
    ),
    Label.DISTRIBUTOR_CODE: _words(
        "经销商编码 经销商编号 经销商代码 客户编码 客户编号 客户代码 客户号 distributorcode customercode customerno "
        "customerid customernumber accountno account accountnumber dealercode distributorno clientcode"
    ),
    Label.PARTY: _words("公司名称 公司 甲方 乙方 抬头 单位 company companyname"),
    Label.ORDER_DATE: _words(
        "日期 订货日期 下单日期 填表日期 订单日期 制单日期 申请日期 采购日期 开单日期 订购日期 下单时间 订货时间 填单日期 "
        "制表日期 提交日期 报单日期 要货日期 报货日期 填报日期 订单时间 date orderdate podate dateoforder ordered "
        "dateordered"
    ),
    Label.ORDER_NUMBER: _words(
        "订单号 订单编号 订单号码 订货单号 单号 单据号 单据编号 客户订单号 采购单号 采购订单号 合同号 编号 订单流水号 no orderno "
        "ordernumber ponumber pono po po# order# ref reference yourref orderref orderid"
    ),
    Label.CONSIGNEE: _words(
        "收货人 收件人 联系人 收货联系人 收货人姓名 收件人姓名 收货负责人 consignee contact attn attention contactperson "
        "contactname recipient receiver shiptoname"
    ),
    Label.PHONE: _words(
        "电话 手机 联系电话 收货电话 收货人电话 收件人电话 手机号 手机号码 电话号码 联系方式 收货人手机 联系人电话 "
        "收货联系电话 收货人联系方式 收货人联系电话 phone tel telephone mobile cell contactnumber phoneno phonenumber "
        "mobileno telno contactphone"
    ),
    Label.ADDRESS: _words(
        "地址 收货地址 送货地址 收货人地址 收件地址 收件人地址 客户地址 详细地址 注册地址 登记地址 发货地址 收货详细地址 address "
        "shiptoaddress shipto deliveryto shippingaddress addr"
    ),
    Label.DELIVERY_ADDRESS: _words(
        "实到地址 实际送货地址 实际到货地址 实际收货地址 实际地址 到货地址 送达地址 实际送达地址 卸货地址 实际卸货地址 "
        "deliveryaddress actualdeliveryaddress actualaddress actualdelivery unloadingaddress deliverto"
    ),
    Label.CONSIGNEE_PHONE: _words(
        "收货人及电话 收货人/电话 联系人及电话 联系人/电话 收件人及电话 收件人/电话 收货人和电话 联系人和电话 收货人联系方式 "
        "收货人及联系方式 联系人及联系方式 收货人及联系电话 联系人及联系电话 收货人/联系电话 联系人/联系电话 收货联系人及电话 "
        "收货人及手机 收货人/手机 收货人姓名及电话 收货人姓名电话 收货人、电话 联系人、电话 consigneeandphone consignee/phone "
        "contactandphone contact/phone contact&phone consignee&phone nameandphone name/phone"
    ),
    Label.SHIP_TO: _words(
        "收货信息 收货资料 收货人信息 收件信息 收件人信息 送货信息 发货信息 收货人电话地址 收货人/电话/地址 收货人、电话、地址 "
        "收货人及电话地址 收货地址及联系人 收货地址及电话 收货地址/联系人/电话 收货地址、联系人、电话 收货人/地址/电话 联系人电话地址 "
        "收货地址及联系方式 地址及电话 收货地址及收货人 收货人及地址 境内详细收货地址、联系人、电话 shippingdetails deliverydetails "
        "shippinginformation shippinginfo"
    ),
    Label.REMARK: _words(
        "备注 说明 附注 特别说明 其他要求 备注说明 特殊要求 订单备注 remark remarks note notes comments"
    ),
    Label.FUNDING: _words(
        "付款方式 支付方式 结算方式 货款方式 款项性质 款项类别 款项类型 款项 款别 货款性质 货款类别 货款类型 资金性质 资金类别 "
        "资金类型 资金来源 费用/现金 现金/费用 费用现金 现金费用 付款性质 付款类型 funding fundingtype payment paymentmethod "
        "paymenttype paymentterms paidby cash/expense"
    ),
    Label.ORDER_TYPE: _words(
        "类型 类别 性质 订单类型 订单性质 订单类别 订货类型 订货性质 单据类型 业务类型 ordertype type"
    ),
    Label.UNIT: _words("数量单位 计量单位 单位(数量) unit uom quantityunit unitofmeasure"),
    Label.CASH_TOTAL: _words(
        "现金合计 现金款合计 现金货合计 现金款 现金货款 现金金额 现金 cashtotal totalcash cash"
    ),
    Label.EXPENSE_TOTAL: _words(
        "费用合计 费用款合计 费用货合计 费用款 费用金额 费用 市场费用 expensetotal totalexpense expense"
    ),
    Label.AMOUNT_TOTAL: _words(
        "合计金额 总金额 订单总额 订单金额 总额 货款总额 合计货款 订单合计 金额合计 订单总金额 总货款 grandtotalamount "
        "totalamount ordertotal ordervalue"
    ),
    Label.CASES_TOTAL: _words(
        "合计箱数 总箱数 总件数 合计件数 箱数合计 件数合计 订货总箱数 totalcases cartonstotal totalcartons"
    ),
    Label.TINS_TOTAL: _words("合计听数 总听数 听数合计 总罐数 订货总听数 totaltins"),
    Label.OTHER: _words(
        "制单人 制单 审核人 审核 审批 审批人 仓库 业务员 区域 区域经理 大区 省份 城市 销管 制表人 经办人 签字 签名 "
        "盖章 复核 财务 运输方式 物流 交货日期 交货期 期望到货日期 到货日期 要求到货日期 邮箱 传真 邮编 开户行 账号 税号 页码 版本 "
        "币种 销售代表 供方 卖方 供货方 供货单位 供应商 发货方 发货人 发货单位 发票类型 截单时间 第页 共页 页 制表 批准 打印时间 "
        "上期余额 本期余额 期初余额 期末余额 账户余额 上次余额 余额 本次打款 本期打款 打款金额 已打款 打款 本次回款 本期回款 回款 本期返利 "
        "上期返利 返利 返利余额 可用返利 本次使用返利 折让 信用额度 授信额度 可用额度 欠款 累计欠款 上期欠款 本期欠款 应付款 应收款 实付款 已付款 "
        "预付款余额 费用余额 可用费用 费用额度 balance paid deposit creditlimit "
        "打印日期 户名 汇款账户 开票信息 preparedby approvedby checkedby signature region manager fax email deliverydate page "
        "总重量 总毛重 总净重 总体积 重量合计 毛重合计 净重合计 体积合计 totalweight totalvolume "
        "salesman supplier vendor seller currency"
    ),
}
