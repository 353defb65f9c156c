"""Invented agencies, and who works there."""

from collections.abc import Iterable

from careroute._actors import FIRST_ADMINISTRATOR
from careroute.hub import Hub
from careroute.model.v1.actor_pb2 import ActorRole
from careroute.model.v1.agency_pb2 import AgencyKind
from careroute.model.v1.directory_pb2 import (
    Directory, MemberKind, Organisation, ServiceOffer)

PEOPLE = {
    "coordinator": ("coordinator", "performer"),
    "deputy": ("coordinator", "performer"),
    "head": ("coordinator", "performer"),
    "specialist": ("performer",),
    "registrar": ("registrar",),
}
"""Members of every invented agency, with the roles they may act in."""


def member(agency_id: str, who: str) -> str:
    """Name of a member of an invented agency."""
    return f"organisations/{agency_id}/members/{who}"


def agency(id: str, kind: AgencyKind | str, *, title: str = "",
           services: Iterable[str] = (), roles: Iterable[str] = (),
           region: str = "RU-DEMO", place: str = "town",
           zone: str = "RU-KHA") -> Organisation:
    """An organisation with the five people of PEOPLE.

    kind: such as "AGENCY_KIND_HEALTH".
    services: what it offers, as pathways name it: "early-help".
    roles: what else pathways call upon it for: "authorised_body".
    """
    made = Organisation(
        name=f"organisations/{id}", title=title or id, kind=kind, roles=roles,
        region=region, district=place, settlement=place, calendar="ru",
        zone=zone, duty_coordinator=member(id, "coordinator"),
        duty_deputy=member(id, "deputy"), head=member(id, "head"))
    for service in services:
        made.services.append(ServiceOffer(
            service=service, districts=[place], languages=["ru"],
            forms=["SERVICE_FORM_AT_ORGANISATION"]))
    for who, words in PEOPLE.items():
        made.members.add(
            name=member(id, who), display_name=f"{who} of {id}",
            kind=MemberKind.MEMBER_KIND_PERSON,
            roles=[ActorRole.Value(f"ACTOR_ROLE_{word.upper()}")
                   for word in words])
    return made


def import_agencies(hub: Hub, agencies: Iterable[Organisation]) -> None:
    """Brings them into a hub, as its first administrator."""
    administrator = hub.acting_as(member=FIRST_ADMINISTRATOR,
                                  role="administrator",
                                  purpose="coordination")
    administrator.directory.import_directory(
        directory=Directory(organisations=agencies))
