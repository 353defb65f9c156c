"""A child on the way through early help, from the first report to a picture.

Read it from cell to cell, as a notebook, or run it:

    python early_help.py route.svg                     a hub in this process
    python early_help.py route.svg 127.0.0.1:7400      a `careroute sandbox`

Everybody in it is invented. Graphviz draws the picture; without it the text for
`dot` is left beside it.
"""

# %% A hub. In this process, in memory, on a clock that we move.
import datetime
import pathlib
import shutil
import subprocess
import sys

import careroute
from careroute.model.v1 import Case, Route, RowState
from careroute.testing import agency, import_agencies, member

KHABAROVSK = datetime.timezone(datetime.timedelta(hours=10))
MONDAY = datetime.datetime(2025, 3, 24, 10, tzinfo=KHABAROVSK)
PATHWAY = "overlays/demo-region.early-help.textproto"


def open_hub(target: str | None) -> careroute.Hub:
    """The same calls, wherever it is."""
    if target is not None:
        return careroute.Hub.connect(target)
    return careroute.Hub.open(clock=careroute.VirtualClock(MONDAY),
                              overlays=[PATHWAY])


# %% Three agencies: one finds the child, one helps, one answers for the region.
AGENCIES = [
    agency("clinic", "AGENCY_KIND_HEALTH", title="Children's polyclinic"),
    agency("centre", "AGENCY_KIND_SOCIAL", title="Early help centre",
           services=["early-help"]),
    agency("ministry", "AGENCY_KIND_SOCIAL", title="Ministry",
           roles=["authorised_body", "head_of_region"]),
]


# %% A paediatrician writes down what she found. The reporter is told only that
# it was taken into work; the coordinator on duty finds the case.
def report_child(hub: careroute.Hub) -> tuple[Case, str]:
    home = {"region": "RU-DEMO", "district": "town", "settlement": "town"}
    registrar = hub.acting_as(member=member("clinic", "registrar"),
                              role="registrar")
    mother = registrar.registry.register_person(command={
        "identity": {"family_name": "Ясень", "given_name": "Анна",
                     "birth_date": "1996-05-02", "registered_at": home},
        "needs": {"language": "ru"}}).person.name

    doctor = hub.acting_as(member=member("clinic", "specialist"),
                           role="performer")
    doctor.cases.report_need(
        pathway="early-help", entry="health_identification",
        criteria=[{"criterion": "f2025_development",
                   "document": {"kind": "development-screening-sheet"}}],
        person={
            "identity": {"family_name": "Ясень", "given_name": "Пётр",
                         "birth_date": "2023-09-10", "registered_at": home},
            "needs": {"language": "ru"},
            "representatives": [{
                "person": mother, "basis": "REPRESENTATIVE_BASIS_PARENT",
                "document": {"kind": "birth-certificate",
                             "issued_on": "2023-09-10"},
                "from": "2023-09-10"}]})

    coordinator = hub.acting_as(member=member("clinic", "coordinator"))
    row = next(iter(coordinator.cases.iter_cases(pathway="early-help")))
    return coordinator.cases.get_case(name=row.name).case, mother


# %% Steps are completed by their number; the case says which are live.
def complete(hub: careroute.Hub, case: str, step: str, outcome: str,
             **result: object) -> None:
    live = next(one for one in hub.cases.get_case(name=case).case.occurrences
                if one.step == step)
    hub.cases.complete_step(name=case, command={
        "occurrence": live.number, "outcome": outcome, **result})


# %% Parents are told who can help, and get the list on paper. Without it the
# step is not done: a refusal says what is missing, and who can supply it.
def inform(hub: careroute.Hub, case: str, today: str) -> None:
    complete(hub, case, "identify_and_record", "recorded")
    try:
        complete(hub, case, "inform_parents", "informed")
    except careroute.Refused as refused:
        for lack in refused.refusal.missing:
            print("Not yet:", lack.what, "is missing;", lack.mend)
    complete(hub, case, "inform_parents", "informed",
             documents=[{"kind": "provider-list", "issued_on": today}])


# %% The mother agrees that the agencies exchange what help needs.
def agree(hub: careroute.Hub, case: str, mother: str, today: str) -> None:
    complete(hub, case, "consent", "given", consent={
        "matter": "CONSENT_MATTER_DATA", "purpose": "early-help",
        "classes": ["DATA_CLASS_IDENTITY", "DATA_CLASS_CONTACT",
                    "DATA_CLASS_NEEDS", "DATA_CLASS_SOCIAL"],
        "to_kinds": ["AGENCY_KIND_SOCIAL", "AGENCY_KIND_HEALTH"],
        "from": today, "given_by": mother, "explained_in": "ru",
        "word_given": "WORD_GIVEN_IN_WRITING",
        "document": {"kind": "consent-form", "issued_on": today}})


# %% The centre takes the child in.
def refer(hub: careroute.Hub, case: str) -> None:
    live = next(one for one in hub.cases.get_case(name=case).case.occurrences
                if one.step == "issue_referral")
    hub.referrals.make_referral(name=case, command={
        "occurrence": live.number, "performer": "organisations/centre",
        "way": "by_consent", "send": True})
    centre = hub.acting_as(member=member("centre", "specialist"),
                           role="performer")
    referral = centre.referrals.list_referrals(
        organisation="organisations/centre").referrals[0]
    centre.referrals.accept_referral(
        name=referral.name, command={"can_meet_needs": True})


# %% The route, as a picture: what is behind the family, where it stands, what
# is to come.
LOOKS = {
    RowState.ROW_STATE_DONE: 'style=filled, fillcolor="#dddddd"',
    RowState.ROW_STATE_NOW: "style=bold",
    RowState.ROW_STATE_OVERDUE: "style=bold, peripheries=2",
}


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def drawing(route: Route) -> str:
    lines = ["digraph route {",
             '  node [shape=box, fontname="DejaVu Sans"]']
    for number, row in enumerate(route.rows):
        state = RowState.Name(row.state).removeprefix("ROW_STATE_").lower()
        label = quoted(f"{row.title}\n{row.outcome_title or state}")
        look = LOOKS.get(row.state, "style=dashed")
        lines.append(f"  {number} [label={label}, {look}]")
        if number:
            lines.append(f"  {number - 1} -> {number}")
    return "\n".join(lines + ["}", ""])


def draw(route: Route, picture: pathlib.Path) -> None:
    text = picture.with_suffix(".dot")
    text.write_text(drawing(route))
    if shutil.which("dot"):
        subprocess.run(["dot", "-Tsvg", "-o", picture, text], check=True)


# %% All of it.
def main(picture: pathlib.Path, target: str | None = None) -> Route:
    with open_hub(target) as hub:
        import_agencies(hub, AGENCIES)
        case, mother = report_child(hub)
        coordinator = hub.acting_as(member=member("clinic", "coordinator"))
        today = hub.clock.now().astimezone(KHABAROVSK).date().isoformat()
        inform(coordinator, case.name, today)
        agree(coordinator, case.name, mother, today)
        hub.clock.advance(datetime.timedelta(days=1))
        refer(coordinator, case.name)
        route = coordinator.cases.get_route(name=case.name,
                                            language="en").route
        for row in route.rows:
            print(RowState.Name(row.state), row.title, row.outcome_title)
        draw(route, picture)
        return route


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "route.svg"),
         sys.argv[2] if len(sys.argv) > 2 else None)
