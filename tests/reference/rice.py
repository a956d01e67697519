"""Sembako in kind: rice goes through the kelurahan, some is diverted on the way, some is shared among neighbours."""

from simulation.randomness import Luck

IN_KIND = int(Luck.IN_KIND)


def share_rice(model) -> None:
    """Hand out the month's rations, RT by RT."""
    rts = {}
    for family in model.households:
        rts.setdefault(family.rt, []).append(family)
    for rt, families in rts.items():
        hand_out(model, rt, families)


def hand_out(model, rt: int, families: list) -> None:
    """Hand out the rations of one RT: what is shared to all who ask, what else arrives to the enrolled."""
    enrolled = [family for family in families if family.in_sembako]
    informed = sum(family.informed for family in enrolled)
    claim = model.assumptions.claim_strength * informed / max(len(enrolled), 1)
    diverted = share_diverted(model, rt) * (1 - claim)
    shared = share_shared(model, rt)
    here = [family for family in families if family.active]
    tranche = sum(family.sembako.balance_idr for family in here if family.sembako)
    asking = {family for family in here if asks(family)}
    part = tranche * (1 - diverted) * shared / len(asking) if asking else 0.0
    received = passed = 0
    for family in here:
        mine = part if family in asking else 0.0
        ration = family.sembako.balance_idr if family.sembako else 0
        if ration > 0:
            value = int(ration * (1 - diverted) * (1 - shared) + mine)
            family.sembako_value_share = min(value / ration, 1.0)
            family.empty(family.sembako)
            received += value
        else:
            value = int(mine)
            passed += value
        family.goods_received_idr += value
    model.counts["goods_shared_idr"] += passed
    model.counts["goods_diverted_idr"] += tranche - received - passed


def share_diverted(model, rt: int) -> float:
    """Return what is diverted before the RT this time: nothing, or the second smallest of five uniforms."""
    u0, *three = model.draws.one(IN_KIND, rt, 1)
    if u0 < model.assumptions.diversion_none_share:
        return 0.0
    return sorted([*three, *model.draws.one(IN_KIND, rt, 2)[:2]])[1]


def share_shared(model, rt: int) -> float:
    """Return the RT's lasting norm of how much is shared: nothing, all, or some."""
    a = model.assumptions
    norm, some, _, _ = model.draws.one(IN_KIND, rt, 3, month=0)
    if norm < a.sharing_none_share:
        return 0.0
    return 1.0 if norm < a.sharing_none_share + a.sharing_all_share else some


def asks(family) -> bool:
    """Tell whether a family takes part where rice is shared."""
    luck = family.model.draws.one(IN_KIND, family.luck_id, 4)[0]
    return family.in_sembako or luck < family.model.assumptions.asking_share
