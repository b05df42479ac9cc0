"""Words by which a sender names many at once: roles, all distributors, all of us, everybody."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mailflow.domain.register import Role

DISTRIBUTORS, STAFF, EVERYBODY = "distributors", "staff", "everybody"
MANAGERS = (Role.REGIONAL_MANAGER,)
Group = tuple[Role, ...] | str
"""Roles of staff, or one of the three."""

_ROLES: Mapping[tuple[Role, ...], str] = {
    (
        Role.REGIONAL_MANAGER,
    ): "区域经理 大区经理 销售经理 区域负责人 经理 regionalmanager regionalmanagers manager managers",
    (Role.SALES_ADMIN,): "销管 销售管理 销售内勤 salesadmin salesadmins",
    (Role.WAREHOUSE,): "仓库 仓管 仓管员 warehouse warehouses",
    (Role.LOGISTICS,): "物流 物流部 logistics",
    (Role.FINANCE,): "财务 财务部 finance",
    (Role.MARKETING_GM,): "市场总监 市场部总监 市场部总经理 市场总经理 marketinggm marketinghead",
    (Role.MARKETING_ASSISTANT,): "市场助理 市场部助理 marketingassistant marketingassistants",
    (Role.MARKETING_GM, Role.MARKETING_ASSISTANT): "市场部 marketing",
    (Role.CUSTOMER_SERVICE,): "客服 客服部 客户服务 客户服务部 customerservice",
    (Role.DESIGNER,): "设计 设计师 设计部 designer designers",
    (Role.HR_TRAINING,): "培训 培训部 培训专员 hrtraining training",
    (Role.HR_MANAGER,): "人事 人事部 人事经理 hrmanager hr",
    (Role.HR_TRAINING, Role.HR_MANAGER): "人力资源 人力资源部",
    (Role.IT_ADMIN,): "系统管理员 信息部 itadmin it",
}
_OTHERS: Mapping[str, str] = {
    DISTRIBUTORS: "经销商 客户 代理商 distributor distributors customers dealers",
    STAFF: "员工 同事 公司员工 内部员工 内部同事 staff colleagues",
    EVERYBODY: "全部 所有人 所有人员 全体 全员 全体人员 大家 各位 all everybody everyone",
}
GROUPS: Mapping[str, Group] = MappingProxyType(
    {word: roles for roles, words in _ROLES.items() for word in words.split()}
    | {word: group for group, words in _OTHERS.items() for word in words.split()}
)
"""By their normalised spelling: lower case, no spaces."""
QUANTIFIERS = (
    "全部的",
    "全部",
    "所有的",
    "所有",
    "全体",
    "各位",
    "各区",
    "各",
    "全国",
    "all the",
    "all",
)
"""Ahead of a group they add nothing; `各区区域经理` are those of all regions."""
ENDS = ("们", "人员", "同事", "老师")
REGION_ENDS = ("", "区", "大区", "地区", "区域", "片区", "省", "市")
OF_REGION = ("的", "所有的", "所有", "全部", "全体", "各")
