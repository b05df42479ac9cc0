"""What columns and labels say of what was sent, how, and when."""

from __future__ import annotations

from collections.abc import Mapping

from mailflow.parsers.kinds.fields import Field

SHIPPING: Mapping[Field, str] = {
    Field.LIST_NO: (
        "清单号 发货清单号 清单编号 发货单号 发货单编号 出库单号 出货单号 发货单 清单单号 出库单编号 listno listnumber "
        "dispatchlistno dispatchlist dispatchno deliverynote deliverynoteno dnno dncode shipmentno"
    ),
    Field.ORDER_NO: "订单号 订单编号 订货单号 客户单号 客户订单号 单号 单据号 单据编号 对应订单 对应订单号 orderno ordernumber pono ponumber order# po#",
    Field.CARRIER: (
        "承运商 物流公司 快递公司 承运人 物流 物流商 承运单位 物流名称 运输公司 快递 货运公司 承运公司 承运物流 carrier "
        "carriername logisticscompany courier forwarder shippedby"
    ),
    Field.WAYBILL: (
        "运单号 物流单号 快递单号 运单编号 运单 托运单号 货运单号 承运单号 物流运单号 提单号 快递运单号 运单号码 waybill "
        "waybillno waybillnumber trackingno trackingnumber tracking consignmentno b/lno awb"
    ),
    Field.SHIPPED_ON: (
        "发货日期 发货时间 实发日期 出库日期 出库时间 发运日期 装车日期 实际发货日期 发出日期 出货日期 shipdate shippingdate "
        "shippedon dateshipped dispatchdate dispatched outbounddate shippeddate"
    ),
    Field.ARRIVES_ON: "预计到货日期 预计到货 预计到达 预计到货时间 预计到达日期 预计送达 eta estimatedarrival expectedarrival",
    Field.DELIVERED_ON: (
        "签收日期 签收时间 到货日期 到货时间 送达日期 送达时间 实际到货日期 实际到达日期 妥投时间 deliverydate delivereddate deliveredon "
        "datedelivered signedon arrivaldate arrivedon"
    ),
    Field.SIGNED_BY: "签收人 签收人姓名 签收单位 signedby receivedby signee pod",
    Field.STATE: (
        "物流状态 运单状态 快递状态 配送状态 运输状态 签收状态 签收情况 物流情况 物流跟踪 在途状态 当前状态 最新状态 物流进度 最新物流 "
        "trackingstatus deliverystatus shipmentstatus laststatus currentstatus"
    ),
}
