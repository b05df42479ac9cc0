"""The words real sheets put over their columns, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from mailflow.parsers.meanings import Meaning


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COLUMNS: Mapping[Meaning, tuple[str, ...]] = {
    Meaning.LINE_NO: _words(
        "序号 行号 项号 项次 行项目 行项目号 项目号 项目 序 no # s.no sn lineno line 序发 次序 顺序 行次 itm lp"
    ),
    Meaning.NUMBER_OR_CODE: _words("编号 代号 号码 number itemnr itemno itemnumber"),
    Meaning.CODE: _words(
        "编码 货号 品号 料号 物料编码 物料编号 物料号 物料代码 商品编码 商品编号 产品编码 产品编号 产品代码 商品代码 "
        "产品货号 商品货号 客户货号 sku sku号 sku编码 sku编号 sku代码 商品sku 产品sku 存货编码 存货编号 存货代码 货品编码 "
        "货品编号 货品代码 货物编码 货物编号 品项编码 品项编号 单品编码 单品编号 品号编码 产品号 商品号 itemcode "
        "productcode productno productnumber productid productsku materialno materialcode "
        "materialnumber articleno articlenumber articlecode partno partnumber goodscode skucode skuno code 代码"
    ),
    Meaning.NAME: _words(
        "品名 名称 产品 商品 货品 产品名称 商品名称 货品名称 货物名称 品项 品项名称 单品 单品名称 物料名称 物料描述 "
        "产品名 商品名 产品全称 商品全名 商品全称 存货名称 货物 名称及规格 品名及规格 产品名称及规格 品名规格 奶粉名称 "
        "产品品名 产品品项 产品描述 商品描述 货物描述 物资名称 品种 奶粉品名 奶粉品项 订购产品 订货产品 订购品项 订货品项 "
        "产品名称规格 产品名称及型号 商品名称及规格 货名 品名型号 料名 通用名称 产品系列及段位 "
        "product productname item itemname description descriptionofgoods goods goodsdescription "
        "goodsname itemdescription productdescription commodity article articlename materialname "
        "materialdescription descriptionofproduct commodityname skuname material 物料 存货"
    ),
    Meaning.OTHER_NAME: _words(
        "英文名称 英文名 外文名称 englishname 简称 产品简称 商品简称 品牌 brand 产品类别 商品类别 产品分类 category 口味"
    ),
    Meaning.SERIES: _words(
        "系列 产品系列 商品系列 奶粉系列 品牌系列 品类 series productseries range"
    ),
    Meaning.STAGE: _words("段位 段数 阶段 段 适用阶段 stage"),
    Meaning.SPEC: _words(
        "规格 规格型号 包装规格 产品规格 商品规格 货品规格 型号 规格、型号 装箱规格 包装 单听规格 听规格 罐规格 净含量 克重 "
        "单位规格 spec specs specification specifications pack packing packsize size model netcontent packaging"
    ),
    Meaning.PER_CASE: _words(
        "每箱 每件 箱规 箱规格 每箱听数 每箱罐数 每箱数量 每箱装量 每件听数 箱装数 装箱数 装箱数量 装箱量 箱装量 外箱装量 件装数 入数 "
        "箱入数 箱容 听/箱 罐/箱 听每箱 听数/箱 罐数/箱 听数每箱 包装数量 包装数 规格(听/箱) 箱含量 tinspercase tins/case cans/case canspercase "
        "qty/ctn qty/case unitspercase units/case pcs/ctn pcspercase casepack casesize tinsperctn"
    ),
    Meaning.UNIT: _words(
        "单位 计量单位 基本单位 销售单位 订货单位 数量单位 包装单位 订购单位 采购单位 订单单位 unit uom um units unitofmeasure "
        "orderunit salesunit"
    ),
    Meaning.CASES: _words(
        "箱数 件数 订货箱数 订购箱数 订单箱数 下单箱数 总箱数 总件数 合计箱数 合计件数 订货件数 订购件数 "
        "数量箱 数量件 整箱数 整箱数量 箱 件 要货箱数 进货箱数 采购箱数 需求箱数 箱数合计 箱数量 整箱 "
        "cases case caseqty cartons carton ctns ctn quantitycarton noofcases numberofcases qtycases "
        "orderedcases casesordered orderqtycases quantitycases quantityctns qtyctns noofcartons "
        "casequantity ordercases totalcases casestoorder"
    ),
    Meaning.TINS: _words(
        "听数 罐数 总听数 合计听数 订货听数 订购听数 订单听数 数量听 数量罐 折合听数 折听数 小计听数 听 罐 桶 桶数 "
        "总罐数 要货听数 听数合计 听数量 支数 总支数 tins tin totaltins cans can qtytins orderedtins tinsordered nooftins "
        "numberoftins quantitytins qtycans tinqty tinquantity ordertins tinstoorder totalunits"
    ),
    Meaning.QUANTITY: _words(
        "数量 订货数量 订购数量 订单数量 采购数量 下单数量 要货数量 需求数量 进货数量 订货量 订购量 订量 需求量 "
        "要货量 进货量 本次订货 本次订货数量 订货 订货数 订数 订购 订购数 要货 要货数 要货数目 数目 总数量 合计数量 "
        "采购量 采购数 下单量 下单数 需求数 报货数量 报货量 报单数量 申请数量 申请量 计划数量 计划量 发货数量 出货数量 "
        "提货数量 购买数量 预订数量 "
        "qty quantity orderqty orderquantity quantityordered orderedqty qtyordered orderedquantity pcs "
        "pieces totalqty totalquantity reqqty requiredqty requestedqty qtyrequired quantityrequired menge"
    ),
    Meaning.UNIT_PRICE: _words(
        "单价 价格 供货价 出厂价 含税单价 含税价 进货价 进价 批发价 结算价 开票价 经销价 经销商价 供价 听价 罐价 "
        "每听单价 每听价格 单听价 单听价格 单价/听 元/听 元/罐 供货单价 结算单价 开票单价 出厂单价 到岸价 到岸单价 "
        "进货单价 采购单价 采购价 含税到岸价 单价元 执行价 执行单价 到手价 到手单价 单罐价 单罐价格 净价 折后价 报价 "
        "price unitprice listprice unitcost pricepertin price/tin u/price unitprc pricepercan perunit "
        "priceeach netprice fobprice cost"
    ),
    Meaning.CASE_PRICE: _words(
        "箱价 件价 每箱价 每箱价格 每箱单价 整箱价 整箱单价 箱单价 件单价 单价/箱 单价/件 元/箱 元/件 箱供货价 箱价元 "
        "caseprice pricepercase price/case pricepercarton pricepercartons cartonprice ctnprice "
        "priceperctn unitpricecase casecost"
    ),
    Meaning.AMOUNT: _words(
        "金额 小计 货款 总价 总金额 合计金额 货值 货款金额 价税合计 含税金额 订货金额 订单金额 金额小计 小计金额 "
        "应付金额 金额合计 总额 货款合计 价款 总价款 合计价格 总价格 合价 总货款 折后金额 净值 货款额 结算额 "
        "amount extamount extendedamount lineamount linetotal ext extension value totalamount "
        "totalprice lineitemtotal subtotal extendedprice extprice linevalue totalvalue netamount netvalue"
    ),
    Meaning.TOTAL: _words("合计 总计 共计 total 总数 合计数 汇总 total数量"),
    Meaning.FUNDING: _words(
        "款项性质 款项类别 款项 款项类型 费用/现金 现金/费用 费用现金 货款性质 货款类别 货款类型 资金性质 资金类别 "
        "资金类型 资金来源 付款方式 支付方式 结算方式 付款性质 付款类型 款型 性质 类型 类别 属性 款别 款类 货物性质 订单性质 "
        "订单类型 产品性质 funding fundingtype payment paymenttype paymentmethod paidby type cash/expense "
        "cashexpense"
    ),
    Meaning.REMARK: _words(
        "备注 说明 附注 备考 备 注释 要求 客户要求 备注说明 特殊要求 其他要求 备注信息 摘要 remark remarks note notes "
        "comment comments memo rem"
    ),
    Meaning.DISTRIBUTOR: _words(
        "经销商 经销商名称 经销商全称 经销商简称 客户 客户名称 客户全称 客户简称 购货单位 购货方 订货客户 门店 门店名称 收货单位 "
        "收货方 收货客户 送货客户 收货门店 送货门店 单位名称 采购单位名称 订货方 代理商 分销商 customer distributor store customername distributorname "
        "dealer dealername buyer client clientname soldto"
    ),
    Meaning.DISTRIBUTOR_CODE: _words(
        "经销商编码 经销商编号 经销商代码 客户编码 客户编号 客户代码 客户号 customercode customerno customerid "
        "distributorcode dealercode accountno customernumber clientcode"
    ),
    Meaning.CONSIGNEE: _words(
        "收货人 收件人 联系人 收货联系人 收货人姓名 收件人姓名 consignee contact contactname contactperson recipient "
        "receiver attn"
    ),
    Meaning.PHONE: _words(
        "电话 手机 联系电话 收货电话 收货人电话 收件人电话 手机号 手机号码 电话号码 联系方式 phone tel telephone mobile "
        "contactnumber phoneno"
    ),
    Meaning.ADDRESS: _words(
        "地址 收货地址 送货地址 收货人地址 收件地址 详细地址 address shiptoaddress shippingaddress shipto"
    ),
    Meaning.DELIVERY_ADDRESS: _words(
        "实到地址 实际送货地址 实际到货地址 实际收货地址 到货地址 deliveryaddress actualdeliveryaddress"
    ),
    Meaning.GIFT: _words(
        "赠品 赠送 赠品数量 赠送数量 搭赠 搭赠数量 赠 赠品箱数 赠送箱数 赠送听数 赠品听数 配赠 返货 返利 折扣 折扣率 "
        "补货 补货数量 欠货 补发 调整 调整数量 变更数量 更改数量 修改后 实订 gift giftqty free freeqty bonus bonusqty "
        "discount adjustment backorder"
    ),
    Meaning.OTHER: _words(
        "条码 条形码 商品条码 产品条码 国条码 国际条码 69码 基本条码 barcode ean upc 重量 毛重 净重 总重量 总毛重 总净重 体积 "
        "总体积 单重 weight netweight grossweight volume cbm nw gw 库存 库存数量 现有库存 上月库存 期末库存 库存箱数 "
        "可用库存 可用量 当前库存 期初库存 安全库存 stock onhand inventory 生产日期 有效期 有效期至 保质期 批号 生产批号 "
        "批号/效期 效期 到期日 batch batchno lot lotno expiry expirydate proddate shelflife 实发 实发箱数 实发数量 "
        "实发听数 实发数 shipped qtyshipped shippedqty shippedcases 缺货 缺货箱数 缺货数量 shortage short 仓库 库位 "
        "warehouse location 图片 picture image 产地 origin 税率 税额 tax taxrate 零售价 建议零售价 指导价 市场价 "
        "统一零售价 rrp retailprice msrp 上月销量 销量 本月销量 日期 date 起订量 moq 区域 大区 省份 城市 region province "
        "区域经理 业务员 负责人 manager 币种 币别 currency 订单号 订单编号 单号 orderno ponumber 日销 周转天数 "
        "订货日期 下单日期 到货日期 要求到货日期 期望到货日期 交货日期 orderdate deliverydate"
    ),
}
