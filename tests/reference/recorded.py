"""What the registry holds of a family, and how the family enters, stays on and leaves the lists."""

import math

from simulation.households import NEVER, Account, Barred, Exit
from simulation.randomness import Luck, inverse_normal

MATCHING, REGIME, VISITS, EXITS = int(Luck.MATCHING), int(Luck.REGIME), int(Luck.VISITS), int(Luck.EXITS)
ENUMERATION = int(Luck.ENUMERATION)
NO, NOT_FOUND, INELIGIBLE = int(Barred.NO), int(Barred.NOT_FOUND), int(Barred.INELIGIBLE)
UNCOLLECTED = int(Account.KARTU_TIDAK_TERDISTRIBUSI)


class Neighbourhood:
    """An RT: what its families see of each other this month."""

    __slots__ = ("families", "knowing", "rank")

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.families = self.knowing = 0
        self.rank = 0.0

    def count(self, family) -> None:
        self.families += 1
        self.knowing += family.informed
        self.rank += family.welfare_rank


class Recorded:
    """A family as the registry knows it."""

    __slots__ = ()

    def deal_with_registry(self) -> None:
        """Let the registry correct, strike or add the family; learn about rights; be proposed."""
        model = self.model
        if self.listed and (self.duplicate or not self.active):
            self.be_matched()
        if not self.active:
            return
        if self.listed and self.barred == NO:
            self.be_checked_by_rule()
        if model.policy.registry_regime == "dtsen" and not self.listed and self.barred == NO:
            self.enter_with_new_card()
        self.learn_rights()
        if self.proposal_month == NEVER and not (self.listed and self.barred == NO):
            self.be_proposed()

    def be_matched(self) -> None:
        """Be struck as departed, or have the double record merged, once the civil registry's news gets through."""
        model = self.model
        known_since = self.record_month if self.active else self.departed_month
        if model.month - known_since < model.policy.civil_registry_lag_months:
            return
        if model.draws.one(MATCHING, self.luck_id)[0] < model.social_office.match_chance:
            self.duplicate = False
            if not self.active:
                self.listed = False

    def be_checked_by_rule(self) -> None:
        """Be struck as ineligible, the better off sooner; neighbours object to recipients who are better off."""
        model, a = self.model, self.model.assumptions
        _, _, removing, doubling = model.draws.register
        yearly = a.removal_ineligible_per_year * 2 * self.welfare_rank
        if self.welfare_rank > a.removal_rule_above_rank:
            yearly += a.removal_rule_per_year
        hazard = yearly / 12
        if self.in_pkh or self.in_sembako:
            around = self.neighbourhood.rank / self.neighbourhood.families
            if self.welfare_rank > around + a.resentment_rank_gap:
                hazard += a.objections_per_month * a.objection_upheld_share
        if doubling[self.row] < a.duplicate_arising_per_year / 12:
            self.duplicate = True
        if removing[self.row] < hazard:
            self.barred = INELIGIBLE
            self.barred_month = model.month
            self.listed = model.policy.registry_regime == "dtsen"

    def enter_with_new_card(self) -> None:
        """Be listed because the agencies' data flow in (DTSEN); some cards are never passed on."""
        model, policy = self.model, self.model.policy
        if self.proposal_month != NEVER or model.month - self.arrived_month < policy.civil_registry_lag_months:
            return
        comes = model.draws.one(MATCHING, self.luck_id, 1)[0] < model.social_office.match_chance
        if comes and model.draws.one(REGIME, self.luck_id, 1, month=0)[0] < policy.registry_coverage_share:
            self.listed = True
            self.listed_month = model.month
            self.renew_record(new=True)

    def learn_rights(self) -> None:
        """Learn what one is entitled to, from the office and from neighbours, or forget it."""
        model, a = self.model, self.model.assumptions
        u = model.draws.register[0][self.row]
        if self.informed:
            self.informed = u >= a.information_forget_per_month
            return
        reach = model.social_office.reach
        hood, heard = self.neighbourhood, a.information_from_neighbours_share
        talk = min(hood.knowing / hood.families / max(reach, 1e-9), 3.0)
        learning = a.information_forget_per_month * reach / (1 - reach)
        self.informed = u < learning * (1 - heard + heard * talk)

    def be_proposed(self) -> None:
        """Be proposed for the list, the poorer and the informed sooner."""
        model, a = self.model, self.model.assumptions
        if model.month - self.barred_month < a.reapplication_wait_months:
            return
        knows = a.proposal_informed_factor if self.informed else a.proposal_uninformed_factor
        tilt = min(math.exp(-a.proposal_gradient * self.welfare_index), a.proposal_max_multiple)
        hazard = a.proposals_per_year / 12 * tilt * knows * model.social_office.open_share
        if self.barred == NOT_FOUND and self.informed:
            hazard += a.reapply_per_month
        if model.draws.register[1][self.row] < hazard:
            self.proposal_month = model.month

    def be_visited(self, **how: object) -> None:
        """Have somebody come by who renews the record; see ``renew_record``."""
        self.model.counts["visits"] += 1
        self.renew_record(**how)

    def renew_record(self, *, new: bool = False, known: bool = False, quality: float = 1.0) -> None:
        """Have the record renewed, or be struck because nobody was found.

        ``new``: just listed, the address is taken down. ``known``: the visitor serves the family and finds it.
        """
        model, a = self.model, self.model.assumptions
        right, repaired, found, _ = model.draws.one(VISITS, self.luck_id)
        if new:
            self.address_ok = found < a.address_findable_share_new
        elif not self.active or not (self.address_ok or known):
            model.counts["not_found"] += 1
            self.listed = False
            self.address_ok = self.active
            if self.active:
                self.barred = NOT_FOUND
                self.barred_month = model.month
            return
        self.checked_month = model.month
        if right < quality:
            self.record_score = self.seen_welfare + self.record_error
            self.record_month = model.month
            if not self.nik_ok:
                self.nik_ok = repaired < (a.dtsen_nik_ok_share if new else a.nik_repaired_by_visit_share)
            self.write_down_members()

    def write_down_members(self) -> None:
        """Write down those members who count as components and whom the family's records show."""
        shown = self.recordable
        self.recorded_pregnant = 1 if self.pregnant > 0 and shown & 1 else 0
        self.recorded_young_children = self.young_children if shown & 2 else 0
        self.recorded_sd_pupils = self.sd_pupils if shown & 4 else 0
        self.recorded_smp_pupils = self.smp_pupils if shown & 8 else 0
        self.recorded_sma_pupils = self.sma_pupils if shown & 16 else 0
        self.recorded_elderly = self.elderly if shown & 32 else 0
        self.recorded_disabled = self.disabled if shown & 64 else 0

    def enter_dtsen(self) -> None:
        """Be on the new list, or not, with what was true when the registration went from door to door."""
        model, a = self.model, self.model.assumptions
        month, age = model.month, a.dtsen_record_age_months
        here_then = self.arrived_month <= month - age and (self.active or self.departed_month > month - age)
        known = here_then or self.active
        chance = model.policy.registry_coverage_share
        missed = 1 - model.social_office.match_chance
        if not self.active:
            chance *= missed ** (month - self.departed_month)
        elif not here_then:
            chance *= 1 - missed ** (month - self.arrived_month)
        u0, u1, u2, u3 = model.draws.one(REGIME, self.luck_id)
        if not known or u0 >= chance:
            self.listed = self.listed and self.active and not here_then
            return
        seen_on = month - age if here_then else self.arrived_month
        if not self.listed or self.record_month < seen_on:
            then = self.own_seen
            if here_then:
                keep = a.seen_persistence_per_year ** (age / 12)
                then = keep * self.own_seen + math.sqrt(1 - keep**2) * inverse_normal(u3)
            self.record_score = self.rt_seen + model.rates.own_seen * then + self.record_error
            self.record_month = seen_on
            self.write_down_members()
        if not self.listed:
            self.listed = True
            self.listed_month = month
            self.nik_ok = u1 < a.dtsen_nik_ok_share
            self.address_ok = u2 < a.address_findable_share
            self.proposal_month = NEVER

    def be_enumerated(self, chosen: bool) -> None:
        """Be collected anew with the whole city, or be left out; as badly as in 2015 the first time only."""
        model, a, first = self.model, self.model.assumptions, not self.model.social_office.swept
        luck = [lane[self.row] for lane in model.draws.enumeration]
        if chosen and not self.listed:
            self.listed_month = model.month
        self.listed = chosen
        self.duplicate = chosen and first and luck[3] < a.duplicate_share_2015
        if chosen:
            self.proposal_month = NEVER
            self.barred = NO
            self.nik_ok = luck[2] >= (a.nik_unmatchable_share_2015 if first else 1 - a.dtsen_nik_ok_share)
            self.address_ok = True
            self.renew_record()
            findable = a.address_findable_share if first else a.address_findable_share_new
            self.address_ok = model.draws.one(ENUMERATION, self.luck_id, 1)[0] < findable

    def price_entitlement(self, unconditional: bool) -> None:
        """Price the recorded components, the dearest first, up to four of a family."""
        a = self.model.assumptions
        left, total = a.pkh_max_persons, 0.0
        for count, most, amount in (
            (self.recorded_pregnant, a.pkh_max_pregnancies, a.pkh_amount_pregnant_idr_per_year),
            (self.recorded_young_children, a.pkh_max_early_children, a.pkh_amount_early_child_idr_per_year),
            (self.recorded_disabled, left, a.pkh_amount_disability_idr_per_year),
            (self.recorded_elderly, a.pkh_max_elderly, a.pkh_amount_elderly_idr_per_year),
            (self.recorded_sma_pupils, left, a.pkh_amount_sma_idr_per_year),
            (self.recorded_smp_pupils, left, a.pkh_amount_smp_idr_per_year),
            (self.recorded_sd_pupils, left, a.pkh_amount_sd_idr_per_year),
        ):
            paid = min(count, most, left)
            left -= paid
            total += paid * amount
        if unconditional and total == 0:
            total = a.pkh_mean_entitlement_idr_per_year
        self.pkh_entitlement_idr = round(total * a.pkh_payment_scale)

    def leave_list(self, programme: str) -> None:
        """Leave a list where a rule or an own wish says so."""
        if not getattr(self, f"in_{programme}"):
            return
        reason = self.reason_to_leave(programme)
        if reason != Exit.NONE:
            self.be_taken_off(programme, reason)
        if reason in (Exit.SANCTION, Exit.OWN_WISH, Exit.EMPOWERED):
            self.away_until = self.model.month + self.model.assumptions.reapplication_wait_months

    def reason_to_leave(self, programme: str) -> Exit:
        """Return why the family leaves the list of a programme at this decree, the first reason that holds."""
        model, a, ministry = self.model, self.model.assumptions, self.model.ministry
        month, pkh = model.month, programme == "pkh"
        if not self.active and not self.listed:
            return Exit.DEPARTED
        if not self.listed or self.barred != NO or self.account == UNCOLLECTED:
            return Exit.REMOVED
        if pkh and self.pkh_entitlement_idr == 0:
            return Exit.NATURAL
        if pkh and self.suspended_stages >= a.sanction_stages_before_removal:
            return Exit.SANCTION
        if pkh and ministry.most_months and month - self.pkh_since >= ministry.most_months:
            return Exit.TIME_LIMIT
        if self.record_score > ministry.exit_limit[programme] and self.checked_month >= ministry.regime_since:
            return Exit.DECILE
        luck = model.draws.one(EXITS, self.luck_id)[0]
        interval = model.policy.registry_update_interval_months
        ripe = 0 <= month - self.empowered_month - a.pena_maturity_months < interval
        if pkh and self.empowered_month != NEVER and ripe:
            return Exit.EMPOWERED if luck < a.pena_exit_share else Exit.NONE
        wish = 1 - (1 - a.graduation_own_wish_per_year) ** (interval / 12)
        return Exit.OWN_WISH if self.welfare_rank > a.graduation_above_rank and luck < wish else Exit.NONE

    def be_taken_off(self, programme: str, reason: Exit) -> None:
        """Leave the list of a programme for a reason."""
        setattr(self, f"in_{programme}", False)
        self.exit_reason = int(reason)
        self.exit_month = self.model.month
        self.model.counts[f"{programme}_exits_{reason.name.lower()}"] += 1
