"""The words of calls on screens: conditions, standings and refusals."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from events.fairs.edition_wording import name_dates
from events.places.locality_register import registered_localities
from exhibitors.calls.paper_needs import Need
from exhibitors.calls.question_answers import QuestionKind
from exhibitors.calls.quota import Quota
from exhibitors.calls.quota_counters import QuotaKind
from exhibitors.calls.who_may_apply import Origin
from exhibitors.producers.product_group_register import registered_groups
from foundation.languages import current_language
from foundation.refusal_words import register_refusals

ORIGINS = {
    Origin.ANYWHERE: _("From anywhere"),
    Origin.INSIDE: _("Only from Quảng Ninh"),
    Origin.OUTSIDE: _("Only from other provinces and cities"),
}

QUESTION_KINDS = {
    QuestionKind.TEXT: _("Text"),
    QuestionKind.NUMBER: _("Number"),
    QuestionKind.CHOICE: _("One choice"),
    QuestionKind.CHOICES: _("Several choices"),
    QuestionKind.YES_NO: _("Yes or no"),
    QuestionKind.FILE: _("File"),
}
NEEDS = {
    Need.REQUIRED: _("Required"),
    Need.IF_AVAILABLE: _("If available"),
    Need.NOT_NEEDED: _("Not needed"),
}
QUOTA_KINDS = {
    QuotaKind.ZONE: _("Zones"),
    QuotaKind.PLACE: _("Communes, wards and special zones"),
    QuotaKind.PLACE_GROUP: _("Groups of localities"),
    QuotaKind.PRODUCT_GROUP: _("Product groups"),
    QuotaKind.INSIDE: _("From Quảng Ninh"),
    QuotaKind.OUTSIDE: _("From other provinces and cities"),
    QuotaKind.RESERVE: _("Reserve"),
}

REFUSALS = {
    "kind_not_invited": _("This call is not for your kind of unit."),
    "only_inside": _("This call is for producers of Quảng Ninh only."),
    "only_outside": _("This call is for producers from other provinces and cities only."),
    "place_not_invited": _("This call is for producers of certain communes and wards, and yours is not among them."),
    "group_not_invited": _("%(product)s belongs to a product group that this call does not take."),
    "stars_too_few": _("%(product)s needs at least %(least)s OCOP stars for this call."),
    "certificate_needed": _("%(product)s needs an OCOP certificate that holds on the last day of the fair."),
    "soft_close_needs_close": _("Set first when the call closes for good: late applications are taken until then."),
    "soft_close_outside": _("Late begins after the call opens and before it closes for good."),
    "conditions_unknown": _("One of the conditions no longer exists. Choose again."),
    "places_need_province": _("Localities can only be chosen when producers of Quảng Ninh may apply."),
    "zone_call_order": _("The zone opens before late begins, and late begins before the zone closes."),
    "zone_call_outside": _("A zone takes applications only while the call of the fair is open."),
    "zone_call_not_open": _("Zone %(zone)s does not take applications yet. Choose another zone or wait."),
    "zone_call_closed": _("Zone %(zone)s no longer takes applications. Choose another zone."),
    "invitation_needed": _("This call is by invitation. Enter the code from your invitation."),
    "invitation_unknown": _("No invitation has this code. Check it, letter by letter."),
    "invitation_withdrawn": _("This invitation has been withdrawn. Ask the organiser."),
    "invitation_ended": _("This invitation is no longer valid. Ask the organiser for a new one."),
    "invitation_used_up": _("This code has been used as often as it may be (%(uses)s). Ask the organiser."),
    "quota_thing_unknown": _("Choose from the list what the quota is for."),
    "quota_says_nothing": _("Enter at least or at most, or both."),
    "quota_wrong": _("A quota is from 0 to %(most)s booths."),
    "quota_order": _("At least is more than at most. Check both."),
    "quota_reserve_has_no_least": _("For the reserve enter under “at most” how many booths are kept back."),
    "quota_full_zone": _("Zone %(name)s is full: its quota is %(most)s booths."),
    "quota_full_place": _("%(name)s has all its booths: the quota is %(most)s."),
    "quota_full_group": _("The group %(name)s is full: its quota is %(most)s booths."),
    "quota_full_inside": _("The quota for Quảng Ninh is full: %(most)s booths."),
    "quota_full_outside": _("The quota for other provinces and cities is full: %(most)s booths."),
    "quota_full_reserve": _("Only the reserve is left: %(most)s booths may be given."),
    "place_group_name_missing": _("Enter the name of the group in Vietnamese."),
    "place_group_taken": _("A group called %(name)s is there already."),
    "place_group_empty": _("Choose at least one commune, ward or special zone."),
    "question_text_missing": _("Write the question in Vietnamese."),
    "question_text_too_long": _("This text is too long: there is room for %(most)s characters."),
    "question_kind_unknown": _("Choose how the question is answered."),
    "question_kind_stays": _("How a question is answered stays. Take it away and ask a new one."),
    "question_taken": _("The same question is asked already."),
    "question_dates_order": _("The answer can only be frozen after it is needed. Check both days."),
    "question_answered": _("Somebody has answered this question. Freeze it instead of taking it away."),
    "choices_too_few": _("Write at least two choices, each on its own line."),
    "too_many_choices": _("A question has at most %(most)s choices."),
    "too_many_questions": _("A fair asks at most %(most)s questions."),
    "answer_too_long": _("Shorten the answer to %(most)s characters."),
    "answer_not_number": _("Write a whole number in digits."),
    "answer_not_a_choice": _("Choose from the list."),
    "answer_frozen": _("The answer to “%(question)s” can no longer be changed."),
    "question_unanswered": _("Answer: %(question)s"),
    "paper_name_missing": _("Write the name of the paper in Vietnamese."),
    "paper_text_too_long": _("This text is too long: there is room for %(most)s characters."),
    "paper_need_unknown": _("Choose from the list how much the paper is needed."),
    "paper_months_wrong": _("A number of months is from 1 to 120."),
    "paper_taken": _("The same paper is asked for already."),
    "paper_brought": _("Somebody has brought this paper. Set it to “not needed” instead of taking it away."),
    "too_many_papers": _("A fair asks for at most %(most)s papers."),
    "paper_missing": _("Bring: %(paper)s"),
    "paper_rejected": _("%(paper)s was rejected: %(why)s"),
    "paper_days_wrong": _("The paper must end after the day it was issued."),
    "paper_issued_later": _("The day of issue lies ahead. Enter the day that is printed on the paper."),
    "paper_needs_end": _("%(paper)s: enter until when it holds."),
    "paper_ends_before": _("%(paper)s ends before the last day of the fair. Bring a new one."),
    "paper_needs_issue": _("%(paper)s: enter the day it was issued; it may be at most %(months)s months old."),
    "paper_too_old": _("%(paper)s is older than %(months)s months on the last day of the fair. Bring a new one."),
    "uses_wrong": _("A code is for 1 to %(most)s units."),
    "uses_taken_already": _("%(taken)s units have used the code already."),
    "code_ends_in_past": _("Choose a moment that is still to come."),
    "too_many_codes": _("A fair has at most %(most)s codes."),
}
register_refusals(REFUSALS)
name_dates(
    {
        "call_soft_closes": _("Later applications go to the waiting list"),
        "zone_call_opens": _("The zone's call opens"),
        "zone_call_soft_closes": _("Later applications for the zone go to the waiting list"),
        "zone_call_closes": _("The zone's call closes"),
        "question_required_from": _("A question must be answered from"),
        "question_frozen_from": _("An answer stays as it is from"),
    }
)


def quota_words(quota: Quota) -> str:
    """What a quota is for, in the page's language."""
    language = current_language()
    if quota.zone is not None:
        name = quota.zone.name.local(language)
        return str(_("Zone %(code)s: %(name)s", code=quota.zone.code, name=name))
    if quota.place_group is not None:
        return quota.place_group.name.local(language)
    if quota.place is not None:
        place = next(place for place in registered_localities() if place.code == quota.place)
        return place.name_en if language == "en" else place.name_vi
    if quota.product_group is not None:
        group = next(group for group in registered_groups() if group.key == quota.product_group)
        return group.name_en if language == "en" else group.name_vi
    return str(QUOTA_KINDS[QuotaKind(quota.kind)])
