"""Who calls, as request metadata says it."""

from typing import Literal

from careroute._transport import Pairs

Role = Literal["registrar", "coordinator", "performer", "auditor",
               "administrator"]

FIRST_ADMINISTRATOR = "organisations/hub/members/administrator"
"""Whom every hub knows: imports the first organisations and members."""


def actor_pairs(member: str, organisation: str, role: str, purpose: str,
                token: str) -> Pairs:
    """What is empty is not said: a certificate or a token may say it."""
    if member and not organisation:
        organisation = member.partition("/members/")[0]
    pairs = (("careroute-organisation", organisation),
             ("careroute-member", member),
             ("careroute-role", role),
             ("careroute-purpose", purpose),
             ("authorization", f"Bearer {token}" if token else ""))
    return tuple(pair for pair in pairs if pair[1])


CLOCK_KEEPER = actor_pairs(FIRST_ADMINISTRATOR, "", "administrator",
                           "coordination", "")
"""Who moves the clock of a sandbox."""
