"""Live: welfare drifts, work is lost and found, children are born and grow, families come and go.

Nothing here but the gain that is added last comes from the programme, so a family's own path is the same in every
scenario of a seed.
"""

from __future__ import annotations

import numpy as np

from simulation.compiled import rule
from simulation.context import Now
from simulation.errors import RunError
from simulation.geography import kelurahan_number
from simulation.households import SLOW_STEP_MONTHS
from simulation.randomness import Luck, normal_of, uniform, uniforms
from simulation.rows import rows_where


def live(now: Now) -> None:
    """Let one month pass in every family's life."""
    transitory, work, other, family = now.lanes(Luck.WELFARE)
    now.apply(change_families, family_luck=family)
    newcomers = _welcome(now)
    if now.date.number == 7:
        now.apply(start_school_year, luck=now.lanes(Luck.SCHOOL_YEAR))
    move_slow_welfare(now)
    now.apply(
        drift_welfare,
        transitory_luck=normal_of(transitory),
        work_luck=work,
        other_luck=other,
        fat_tails=now.assumptions.welfare_tails == "fat",
    )
    for event in now.policy.disaster:
        if event.month == str(now.date):
            now.tally.add(
                "disaster_hit_families",
                now.apply(strike_disaster, place=kelurahan_number(event.kelurahan), severity=event.severity),
            )
    price(now)
    now.hh.consumption_year[newcomers] = now.hh.consumption[newcomers]


def price(now: Now) -> None:
    """Turn the index of every family into consumption, with growth since the first month."""
    growth = now.month / 12 * np.log1p(now.assumptions.growth_over_line_per_year)
    now.apply(price_consumption, **_fields(now.welfare_map), growth_log=growth)
    np.exp(now.hh.log_consumption, out=now.hh.consumption)
    now.apply(average_year)


def _welcome(now: Now) -> slice:
    """Keep the number of families on its path: newcomers replace leavers and add growth; return their rows."""
    growth = 1 + now.assumptions.families_growth_per_year
    wanted = round(now.assumptions.families_start * now.scale * growth ** (now.month / 12))
    count = max(wanted - int(np.count_nonzero(now.hh.active)), 0)
    spare = now.hh.rows - now.standing.next_spare_row
    if count > spare:
        raise RunError(f"the city needs rows for {count} newcomers in {now.date}, but only {spare} are spare")
    now.apply(welcome_newcomers, first_row=now.standing.next_spare_row, count=count)
    now.standing.next_spare_row += count
    return slice(now.standing.next_spare_row - count, now.standing.next_spare_row)


def _fields(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__slots__}


def move_slow_welfare(now: Now) -> None:
    """Move the slow parts of welfare of the families whose turn it is in the half-year."""
    hh = now.hh
    rows = np.flatnonzero((hh.turn == now.month % SLOW_STEP_MONTHS) & hh.active)
    seen, unseen = now.lanes_of(Luck.WELFARE, rows, 1)[:2]
    now.apply(step_slowly, rows=rows, seen_luck=normal_of(seen), unseen_luck=normal_of(unseen))


@rule
def step_slowly(
    rows, seen_luck, unseen_luck, rt_seen, own_seen, own_unseen, seen_welfare, seen_rt_share,
    seen_persistence_per_year, unseen_persistence_per_year,
):  # fmt: skip
    """Let slow welfare keep a part of what it was and draw the rest anew, so that its spread stays one."""
    keep_seen = seen_persistence_per_year ** (SLOW_STEP_MONTHS / 12)
    keep_unseen = unseen_persistence_per_year ** (SLOW_STEP_MONTHS / 12)
    new_seen = np.sqrt(1 - keep_seen**2)
    new_unseen = np.sqrt(1 - keep_unseen**2)
    own_weight = np.sqrt(1 - seen_rt_share)
    for place in range(rows.size):
        row = rows[place]
        own_seen[row] = keep_seen * own_seen[row] + new_seen * seen_luck[place]
        own_unseen[row] = keep_unseen * own_unseen[row] + new_unseen * unseen_luck[place]
        seen_welfare[row] = rt_seen[row] + own_weight * own_seen[row]


@rule
def drift_welfare(
    transitory_luck, work_luck, other_luck, active, rt_unseen, own_unseen, transitory, seen_welfare, welfare_index,
    out_of_work, better_work, ill_months, fat_tails, unseen_rt_share, welfare_share_seen, welfare_share_unseen,
    welfare_share_transitory, transitory_persistence_per_month, index_convexity, index_heteroskedasticity,
    index_spread_floor, index_spread_ceiling, job_loss_per_year, job_recovery_per_month, windfall_per_year,
    windfall_end_per_month, illness_per_year, illness_months,
):  # fmt: skip
    """Let the passing part of welfare drift, lose and find work, fall ill and recover; put the parts together."""
    keep_transitory = transitory_persistence_per_month
    new_transitory = np.sqrt(1 - keep_transitory**2)
    own_unseen_weight = np.sqrt(1 - unseen_rt_share)
    seen_weight = np.sqrt(welfare_share_seen)
    unseen_weight = np.sqrt(welfare_share_unseen)
    transitory_weight = np.sqrt(welfare_share_transitory)
    illness_starts = 0.5 + illness_per_year / 12
    for row in range(active.size):
        passing = keep_transitory * transitory[row] + new_transitory * transitory_luck[row]
        work, other = work_luck[row], other_luck[row]
        idle = work >= job_recovery_per_month if out_of_work[row] else work < job_loss_per_year / 12
        better = other >= windfall_end_per_month if better_work[row] else other < windfall_per_year / 12
        falls_ill = (other >= 0.5) & (other < illness_starts)
        ill = ill_months[row] - 1 if ill_months[row] > 0 else illness_months * falls_ill

        seen = seen_welfare[row]
        noise = unseen_weight * (rt_unseen[row] + own_unseen_weight * own_unseen[row]) + transitory_weight * passing
        index = seen_weight * seen + noise
        if fat_tails:
            spread = min(max(1 - index_heteroskedasticity * seen, index_spread_floor), index_spread_ceiling)
            index = seen_weight * seen + index_convexity * (seen * seen - 1) + spread * noise
        if active[row]:
            transitory[row] = passing
            out_of_work[row] = idle
            better_work[row] = better
            ill_months[row] = ill
            welfare_index[row] = index


@rule
def price_consumption(
    active, welfare_index, welfare_rank, out_of_work, better_work, ill_months, disaster_months,
    exogenous_log_consumption, programme_gain_log, log_consumption,
    rank_table, log_quantile_table, table_start, table_step, growth_log,
    job_loss_log, windfall_log, illness_log, illness_poorest_share, disaster_loss_log,
):  # fmt: skip
    """Turn the index into a rank among persons and into consumption a head, in poverty lines, before transfers.

    The tables are read beforehand, family by family, so that the rest can take several families at a time.
    """
    ranks, logs = _read_tables((welfare_index - table_start) / table_step, rank_table, log_quantile_table)
    for row in range(active.size):
        rank = ranks[row]
        own_log = logs[row]
        own_log += job_loss_log * out_of_work[row] + windfall_log * better_work[row]
        own_log += illness_log * ((ill_months[row] > 0) & (rank < illness_poorest_share))
        own_log += disaster_loss_log * (disaster_months[row] > 0)
        if active[row]:
            disaster_months[row] -= disaster_months[row] > 0
            welfare_rank[row] = rank
            exogenous_log_consumption[row] = own_log + growth_log
            log_consumption[row] = own_log + growth_log + programme_gain_log[row]


@rule
def _read_tables(positions, rank_table, log_quantile_table):
    """Return what two tables say between their knots, the first held at its ends, the second carried on."""
    last = rank_table.size - 2
    ranks, logs = np.empty(positions.size), np.empty(positions.size)
    for row in range(positions.size):
        position = positions[row]
        knot = min(max(int(np.floor(position)), 0), last)
        part = position - knot
        ranks[row] = rank_table[knot] + min(max(part, 0.0), 1.0) * (rank_table[knot + 1] - rank_table[knot])
        logs[row] = log_quantile_table[knot] + part * (log_quantile_table[knot + 1] - log_quantile_table[knot])
    return ranks, logs


@rule
def average_year(consumption, consumption_year):
    """Let the average of about a year follow consumption."""
    for row in range(consumption.size):
        consumption_year[row] += (consumption[row] - consumption_year[row]) / 12


@rule
def change_families(
    family_luck, active, departed_month, size, pregnant, young_children, adults, elderly, disabled, month,
    turnover_per_year, pregnancy_per_year, pregnancy_months, death_elderly_per_year,
    ageing_per_adult_per_year, leaving_home_per_year,
):  # fmt: skip
    """Let families leave, children be born, adults turn sixty, the old die and the grown-up leave home."""
    leaving = turnover_per_year / 12
    conceiving = leaving + pregnancy_per_year / 12
    widest = conceiving + (death_elderly_per_year + ageing_per_adult_per_year) * 8 / 12 + leaving_home_per_year / 12
    concerned = np.empty(active.size, np.bool_)
    for row in range(active.size):
        concerned[row] = active[row] & ((pregnant[row] > 0) | (family_luck[row] < widest))
    for row in rows_where(concerned):
        if pregnant[row] > 0:
            pregnant[row] -= 1
            if pregnant[row] == 0:
                young_children[row] += 1
                size[row] += 1
        u = family_luck[row]
        if u >= widest:
            continue
        dying = conceiving + death_elderly_per_year / 12 * elderly[row]
        ageing = dying + ageing_per_adult_per_year / 12 * adults[row]
        parting = ageing + leaving_home_per_year / 12
        if u < leaving:
            active[row] = False
            departed_month[row] = month
        elif u < conceiving:
            if pregnant[row] == 0 and adults[row] > 0:
                pregnant[row] = pregnancy_months
        elif u < dying:
            if size[row] > 1:
                elderly[row] -= 1
                size[row] -= 1
                disabled[row] = min(disabled[row], size[row])
            else:
                active[row] = False
                departed_month[row] = month
        elif u < ageing:
            adults[row] -= 1
            elderly[row] += 1
        elif u < parting and adults[row] > 2:
            adults[row] -= 1
            size[row] -= 1
            disabled[row] = min(disabled[row], size[row])


@rule
def start_school_year(
    luck, active, young_children, sd_pupils, smp_pupils, sma_pupils, adults,
    early_child_years, sd_years, smp_years, sma_years,
):  # fmt: skip
    """Move children up in July: one small child in seven enters SD, and so on until they are grown up."""
    for row in range(active.size):
        up0 = _movers(young_children[row], 1 / early_child_years, luck[0, row])
        up1 = _movers(sd_pupils[row], 1 / sd_years, luck[1, row])
        up2 = _movers(smp_pupils[row], 1 / smp_years, luck[2, row])
        up3 = _movers(sma_pupils[row], 1 / sma_years, luck[3, row])
        if active[row]:
            young_children[row] -= up0
            sd_pupils[row] += up0 - up1
            smp_pupils[row] += up1 - up2
            sma_pupils[row] += up2 - up3
            adults[row] += up3


@rule
def _movers(children, share, u):
    """Return how many of the children move up: the expected number, rounded by luck."""
    expected = children * share
    whole = int(expected)
    return whole + (u < expected - whole)


@rule
def welcome_newcomers(active, arrived_month, departed_month, month, first_row, count):
    """Let families who move in or are newly formed occupy the next spare rows, unknown to the registry."""
    for row in range(first_row, first_row + count):
        active[row] = True
        arrived_month[row] = month


@rule
def strike_disaster(
    active, kelurahan, rt, luck_id, damaged_month, disaster_months, disaster_month, seed, month, place, severity,
    disaster_loss_months_max, disaster_house_damage_share,
):  # fmt: skip
    """Hit families of a kelurahan, some RT more than others: on average the severity, where it is one half or less."""
    hit = 0
    for row in range(active.size):
        if not active[row] or kelurahan[row] != place:
            continue
        rt_luck = uniform(seed, Luck.DISASTER, month, rt[row], 1)
        u0, u1, u2, _ = uniforms(seed, Luck.DISASTER, month, luck_id[row])
        if u0 < min(severity * 2 * rt_luck, 1.0):
            disaster_months[row] = 1 + int(u1 * disaster_loss_months_max)
            disaster_month[row] = month
            if u2 < disaster_house_damage_share:
                damaged_month[row] = month
            hit += 1
    return hit
