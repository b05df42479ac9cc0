"""Which words mean which column or label, in both languages, as real sheets use them.

Words are compared after `key`: NFKC, lower case, without white space, marks and colons.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from mailflow.domain.quantity import Unit
from mailflow.domain.spelling import remembered
from mailflow.parsers.values import CASE_WORDS, TIN_WORDS


class Meaning(StrEnum):
    """What a column holds. `OTHER` is known and of no use to an order; `GIFT` is asked about."""

    LINE_NO = "line-no"
    CODE = "code"
    NUMBER_OR_CODE = "number-or-code"
    NAME = "name"
    OTHER_NAME = "other-name"
    SPEC = "spec"
    UNIT = "unit"
    CASES = "cases"
    TINS = "tins"
    QUANTITY = "quantity"
    UNIT_PRICE = "unit-price"
    CASE_PRICE = "case-price"
    AMOUNT = "amount"
    TOTAL = "total"
    FUNDING = "funding"
    REMARK = "remark"
    DISTRIBUTOR = "distributor"
    GIFT = "gift"
    OTHER = "other"


QUANTITIES = {Meaning.CASES: Unit.CASES, Meaning.TINS: Unit.TINS, Meaning.QUANTITY: None}
IDENTITIES = frozenset({Meaning.NAME, Meaning.CODE, Meaning.NUMBER_OR_CODE})


class Label(StrEnum):
    DISTRIBUTOR = "distributor"
    DISTRIBUTOR_CODE = "distributor-code"
    ORDER_DATE = "order-date"
    ORDER_NUMBER = "order-number"
    CONSIGNEE = "consignee"
    PHONE = "phone"
    CONSIGNEE_PHONE = "consignee-phone"
    ADDRESS = "address"
    DELIVERY_ADDRESS = "delivery-address"
    REMARK = "remark"
    FUNDING = "funding"
    ORDER_TYPE = "order-type"
    """`类型：费用订单`: a hint, for most values of such labels have nothing to do with money."""
    CASH_TOTAL = "cash-total"
    EXPENSE_TOTAL = "expense-total"
    AMOUNT_TOTAL = "amount-total"
    OTHER = "other"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COLUMNS: Mapping[Meaning, tuple[str, ...]] = {
    Meaning.LINE_NO: _words("序号 行号 项号 序 no # s.no sn lineno line item# 序发 次序 顺序"),
    Meaning.NUMBER_OR_CODE: _words("编号 代号 号码 number"),
    Meaning.CODE: _words(
        "编码 货号 品号 料号 物料编码 物料编号 商品编码 商品编号 产品编码 产品编号 产品代码 商品代码 产品货号 "
        "客户货号 sku sku号 sku编码 sku编号 商品sku 存货编码 货品编码 货品编号 品项编码 单品编码 itemcode "
        "itemno itemnumber item# productcode productno materialno articleno partno goodscode code 代码"
    ),
    Meaning.NAME: _words(
        "品名 名称 产品 商品 货品 产品名称 商品名称 货品名称 货物名称 品项 品项名称 单品 单品名称 物料名称 "
        "产品名 商品名 产品全称 商品全名 存货名称 货物 名称及规格 品名及规格 产品名称及规格 品名规格 奶粉名称 "
        "product productname item itemname description descriptionofgoods goods goodsdescription "
        "itemdescription productdescription commodity article"
    ),
    Meaning.OTHER_NAME: _words(
        "英文名称 英文名 外文名称 englishname 简称 产品简称 商品简称 系列 品牌 brand series 段位"
    ),
    Meaning.SPEC: _words(
        "规格 规格型号 包装规格 产品规格 商品规格 型号 箱规 装箱规格 包装 spec specification pack packing "
        "packsize size model 每箱听数 每箱数量 箱装数 装箱数 装箱量 入数 tinspercase qty/ctn unitspercase"
    ),
    Meaning.UNIT: _words("单位 计量单位 基本单位 销售单位 订货单位 unit uom um"),
    Meaning.CASES: _words(
        "箱数 件数 订货箱数 订购箱数 订单箱数 下单箱数 总箱数 总件数 合计箱数 合计件数 订货件数 订购件数 "
        "数量箱 数量件 整箱数 整箱数量 箱 件 要货箱数 进货箱数 采购箱数 需求箱数 "
        "cases case caseqty cartons carton ctns ctn quantitycarton noofcases qtycases orderedcases "
        "casesordered orderqtycases"
    ),
    Meaning.TINS: _words(
        "听数 罐数 总听数 合计听数 订货听数 订购听数 订单听数 数量听 数量罐 折合听数 折听数 小计听数 听 罐 "
        "总罐数 要货听数 tins tin totaltins cans qtytins orderedtins tinsordered"
    ),
    Meaning.QUANTITY: _words(
        "数量 订货数量 订购数量 订单数量 采购数量 下单数量 要货数量 需求数量 进货数量 订货量 订购量 订量 需求量 "
        "要货量 进货量 本次订货 本次订货数量 订货 订货数 订数 数目 总数量 合计数量 qty quantity orderqty "
        "orderquantity quantityordered orderedqty qtyordered pcs pieces units"
    ),
    Meaning.UNIT_PRICE: _words(
        "单价 价格 供货价 出厂价 含税单价 含税价 进货价 进价 批发价 结算价 开票价 经销价 经销商价 供价 听价 "
        "每听单价 单听价 单价/听 元/听 price unitprice listprice unitcost pricepertin price/tin"
    ),
    Meaning.CASE_PRICE: _words(
        "箱价 件价 每箱价 每箱单价 整箱价 单价/箱 元/箱 caseprice pricepercase price/case"
    ),
    Meaning.AMOUNT: _words(
        "金额 小计 货款 总价 总金额 合计金额 货值 货款金额 价税合计 含税金额 订货金额 订单金额 金额小计 小计金额 "
        "应付金额 amount extamount extendedamount lineamount linetotal ext extension value totalamount "
        "totalprice lineitemtotal subtotal"
    ),
    Meaning.TOTAL: _words("合计 总计 共计 total"),
    Meaning.FUNDING: _words(
        "款项性质 款项类别 款项 款项类型 费用/现金 现金/费用 费用现金 货款性质 货款类别 资金性质 资金类别 资金类型 "
        "付款方式 支付方式 结算方式 性质 类型 类别 属性 款别 funding fundingtype payment paymenttype paidby type "
        "cash/expense"
    ),
    Meaning.REMARK: _words(
        "备注 说明 附注 备考 备 注释 要求 客户要求 remark remarks note notes comment comments memo"
    ),
    Meaning.DISTRIBUTOR: _words(
        "经销商 经销商名称 客户 客户名称 购货单位 门店 门店名称 收货单位 经销商编码 客户编码 distributor customer "
        "store"
    ),
    Meaning.GIFT: _words(
        "赠品 赠送 赠品数量 赠送数量 搭赠 搭赠数量 赠 赠品箱数 赠送箱数 赠送听数 赠品听数 配赠 返货 返利 折扣 折扣率 "
        "补货 补货数量 欠货 补发 调整 调整数量 gift giftqty free freeqty bonus bonusqty discount"
    ),
    Meaning.OTHER: _words(
        "条码 条形码 商品条码 产品条码 国条码 69码 barcode ean upc 重量 毛重 净重 总重量 总毛重 总净重 体积 总体积 "
        "weight netweight grossweight volume cbm nw gw 库存 库存数量 现有库存 上月库存 期末库存 库存箱数 可用库存 "
        "可用量 stock onhand inventory 生产日期 有效期 保质期 批号 生产批号 批号/效期 效期 batch batchno lot lotno "
        "expiry expirydate proddate 实发 实发箱数 实发数量 实发听数 实发数 shipped qtyshipped shippedqty "
        "shippedcases 缺货 缺货箱数 缺货数量 shortage short 仓库 库位 warehouse location 图片 picture image 产地 "
        "origin 税率 税额 tax taxrate 零售价 建议零售价 指导价 rrp retailprice msrp 上月销量 销量 日期 date 起订量 moq"
    ),
}

LABELS: Mapping[Label, tuple[str, ...]] = {
    Label.DISTRIBUTOR: _words(
        "经销商 经销商名称 客户 客户名称 购货单位 订货单位 订货方 购货方 采购方 买方 购买方 购货单位名称 收货单位 单位名称 "
        "订货客户 公司名称 客户全称 经销商全称 门店 甲方 需方 distributor customer customername distributorname "
        "buyer client soldto billto company dealer"
    ),
    Label.DISTRIBUTOR_CODE: _words(
        "经销商编码 经销商编号 经销商代码 客户编码 客户编号 客户代码 客户号 distributorcode customercode customerno "
        "customerid accountno dealercode"
    ),
    Label.ORDER_DATE: _words(
        "日期 订货日期 下单日期 填表日期 订单日期 制单日期 申请日期 采购日期 开单日期 订购日期 下单时间 订货时间 填单日期 "
        "制表日期 提交日期 报单日期 date orderdate podate dateoforder ordered"
    ),
    Label.ORDER_NUMBER: _words(
        "订单号 订单编号 订货单号 单号 单据号 单据编号 客户订单号 采购单号 合同号 编号 no orderno ordernumber "
        "ponumber pono po po# order# ref reference yourref"
    ),
    Label.CONSIGNEE: _words(
        "收货人 收件人 联系人 收货联系人 收货人姓名 收件人姓名 consignee contact attn attention contactperson "
        "contactname recipient receiver shiptoname"
    ),
    Label.PHONE: _words(
        "电话 手机 联系电话 收货电话 收货人电话 收件人电话 手机号 手机号码 电话号码 联系方式 收货人手机 联系人电话 "
        "phone tel telephone mobile cell contactnumber phoneno"
    ),
    Label.CONSIGNEE_PHONE: _words(
        "收货人及电话 收货人/电话 联系人及电话 联系人/电话 收件人及电话 收件人/电话 收货人和电话 联系人和电话 收货人联系方式 "
        "收货人及联系方式 联系人及联系方式 收货人及联系电话 联系人及联系电话 收货人/联系电话 联系人/联系电话 收货联系人及电话 "
        "收货人及手机 收货人/手机 收货人姓名及电话 收货人姓名电话 consigneeandphone consignee/phone contactandphone "
        "contact/phone contact&phone consignee&phone nameandphone name/phone"
    ),
    Label.ADDRESS: _words(
        "地址 收货地址 送货地址 收货人地址 收件地址 收件人地址 客户地址 详细地址 注册地址 登记地址 发货地址 address "
        "shiptoaddress shipto deliveryto shippingaddress addr"
    ),
    Label.DELIVERY_ADDRESS: _words(
        "实到地址 实际送货地址 实际到货地址 实际收货地址 实际地址 到货地址 送达地址 实际送达地址 卸货地址 "
        "deliveryaddress actualdeliveryaddress actualaddress actualdelivery unloadingaddress deliverto"
    ),
    Label.REMARK: _words(
        "备注 说明 附注 特别说明 其他要求 备注说明 remark remarks note notes comments"
    ),
    Label.FUNDING: _words(
        "付款方式 支付方式 结算方式 货款方式 款项性质 款项类别 款项类型 款项 款别 货款性质 货款类别 资金性质 资金类别 "
        "资金类型 费用/现金 现金/费用 费用现金 现金费用 funding fundingtype payment paymentmethod paymenttype "
        "paymentterms paidby cash/expense"
    ),
    Label.ORDER_TYPE: _words(
        "类型 类别 性质 订单类型 订单性质 订单类别 订货类型 订货性质 单据类型 业务类型 ordertype type"
    ),
    Label.CASH_TOTAL: _words(
        "现金合计 现金款合计 现金款 现金货款 现金金额 现金 cashtotal totalcash cash"
    ),
    Label.EXPENSE_TOTAL: _words(
        "费用合计 费用款合计 费用款 费用金额 费用 市场费用 expensetotal totalexpense expense"
    ),
    Label.AMOUNT_TOTAL: _words(
        "合计金额 总金额 订单总额 订单金额 总额 货款总额 合计货款 订单合计 grandtotalamount totalamount ordertotal "
        "ordervalue"
    ),
    Label.OTHER: _words(
        "制单人 制单 审核人 审核 审批 审批人 仓库 业务员 区域 区域经理 大区 省份 城市 销管 制表人 经办人 签字 签名 "
        "盖章 复核 财务 运输方式 物流 交货日期 交货期 期望到货日期 到货日期 邮箱 传真 邮编 开户行 账号 税号 页码 "
        "preparedby approvedby checkedby signature region manager fax email deliverydate page salesman"
    ),
}

TOTALS = _words("合计 总计 共计 总合计 合计数 本页合计 grandtotal total totals sum 总和")
SUBTOTALS = _words("小计 分计 subtotal")

_MARKS = re.compile(r"[\s*★☆△▲#＃:：;；、。.·\"'“”‘’_\-–—]+")
_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]?")
_TRADITIONAL = str.maketrans(
    "數單價貨號編碼規備註訂購總電話聯繫時間產聽應實際達額項",
    "数单价货号编码规备注订购总电话联系时间产听应实际达额项",
)
_UNITS = dict.fromkeys(CASE_WORDS, Unit.CASES) | dict.fromkeys(TIN_WORDS, Unit.TINS)
_BY_UNIT = {Unit.CASES: Meaning.CASES, Unit.TINS: Meaning.TINS}
_COLUMN_OF = {w: m for m, words in reversed(list(COLUMNS.items())) for w in words}
_LABEL_OF = {w: m for m, words in reversed(list(LABELS.items())) for w in words}
_ENDINGS = (
    (("箱数", "件数"), Meaning.CASES),
    (("听数", "罐数"), Meaning.TINS),
    (("单价", "供货价", "出厂价"), Meaning.UNIT_PRICE),
    (("品名", "产品名称", "商品名称", "货品名称"), Meaning.NAME),
    (("备注",), Meaning.REMARK),
)
_NOT_ORDERED = re.compile(
    r"库存|已发|实发|欠|缺|上月|上期|上次|去年|累计|销量|在途|每箱|装箱|最低|起订|可用|建议|预计|赠|返|shipped|stock|short|last|min"
)


@remembered
def key(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold().translate(_TRADITIONAL)
    return _MARKS.sub("", text) or ("#" if text.strip() in ("#", "＃") else "")


def unit_of(text: str) -> Unit | None:
    """The unit a cell of a unit column, or a bracket of a header, names."""
    return _UNITS.get(key(text))


@remembered
def meaning_of(header: str) -> Meaning | None:
    """What a header means; None where no word is known or two halves disagree."""
    whole = key(header)
    if not whole or len(whole) > 40:
        return None
    if whole in _COLUMN_OF:
        return _COLUMN_OF[whole]
    text = unicodedata.normalize("NFKC", header)
    brackets = [key(b) for b in _BRACKET.findall(text)]
    base = key(_BRACKET.sub("", text))
    found = _COLUMN_OF.get(base) or _of_halves(text) or _by_ending(base)
    if found in (Meaning.QUANTITY, Meaning.CASES, Meaning.TINS):
        units = {_UNITS[b] for b in brackets if b in _UNITS}
        if len(units) == 1:
            return _BY_UNIT[units.pop()]
    if found is Meaning.UNIT_PRICE and any(b in ("元/箱", "箱", "每箱") for b in brackets):
        return Meaning.CASE_PRICE
    return found


def _of_halves(text: str) -> Meaning | None:
    """Two languages in one header, or two words around a line break: both must agree."""
    plain = _BRACKET.sub("", text)
    if re.search(r"\d", plain):
        return None  # `900g*6听/箱` is a pack, not a header of cases
    halves = re.split(r"[/\n|]|(?<=[一-鿿])\s*(?=[A-Za-z])|(?<=[A-Za-z.])\s*(?=[一-鿿])", plain)
    known = {m for half in halves if key(half) and (m := _COLUMN_OF.get(key(half)))}
    if len(known) == 2 and Meaning.QUANTITY in known and known & set(_BY_UNIT.values()):
        known.discard(Meaning.QUANTITY)
    return known.pop() if len(known) == 1 and len([h for h in halves if key(h)]) > 1 else None


def _by_ending(base: str) -> Meaning | None:
    if not base or len(base) > 12:
        return None
    if _NOT_ORDERED.search(base):
        return Meaning.GIFT if re.search(r"赠|返|欠|补", base) else Meaning.OTHER
    for endings, meaning in _ENDINGS:
        if base.endswith(endings):
            return meaning
    return None


@remembered
def label_of(text: str) -> Label | None:
    return _LABEL_OF.get(key(_BRACKET.sub("", text)) or key(text))


@remembered
def is_sum(text: str) -> bool:
    return is_total(text) or is_subtotal(text)


def is_total(text: str) -> bool:
    word = key(_BRACKET.sub("", text))
    return word in TOTALS or word.startswith(("合计", "总计", "共计", "grandtotal"))


def is_subtotal(text: str) -> bool:
    return key(text) in SUBTOTALS or key(text).endswith("小计")
